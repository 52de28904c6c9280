import { LineCounter, isMap, isScalar, isSeq, parseDocument, type Node, type Pair, type YAMLMap } from 'yaml';

/** Front matter as data, with a way back to the file. */
export interface FrontMatter {
  data: Record<string, unknown>;
  /** Line in the file of the key (or list item) at this path; of the nearest enclosing one when it is unknown. */
  lineOf(path: readonly PropertyKey[]): number;
}

/** Why there is no front matter to be had, and where. */
export interface FrontMatterFailure {
  line: number;
  reason: string;
}

/** Anchors may be repeated, but not so often that a few lines expand into gigabytes. */
const maxAliases = 50;

/** Parses the lines between the `---` lines. `firstLine` is their first line in the file. Never throws. */
export function parseFrontMatter(
  yaml: readonly string[],
  firstLine: number,
): FrontMatter | FrontMatterFailure {
  const counter = new LineCounter();
  const lineAt = (offset: number) => Math.max(counter.linePos(offset).line, 1) + firstLine - 1;
  const failed = (reason: string, offset = 0) => ({ line: lineAt(offset), reason });
  const end = yaml.findIndex((line) => /^\.\.\.(?:\s|$)/.test(line));
  if (end !== -1)
    return { line: firstLine + end, reason: 'the front matter ends with "---", not with "..."' };
  try {
    const options = {
      lineCounter: counter,
      prettyErrors: false,
      uniqueKeys: true,
      logLevel: 'error',
    } as const;
    const document = parseDocument(yaml.join('\n'), options);
    const problem = document.errors[0] ?? document.warnings[0];
    if (problem !== undefined) {
      const said = problem.message.split('\n', 1)[0]!.replace(/\.$/, '');
      return failed(`the front matter is not valid YAML: ${said}${hintFor(said)}`, problem.pos[0]);
    }
    const { contents } = document;
    if (contents === null) return { data: {}, lineOf: () => firstLine };
    if (!isMap(contents))
      return failed('the front matter must be keys and values, such as "domain: testing"');
    const shape = shapeProblem(contents, counter);
    if (shape !== undefined) return failed(shape, contents.range?.[0]);
    const data = document.toJS({ maxAliasCount: maxAliases }) as Record<string, unknown>;
    return { data, lineOf: (path) => lineAt(offsetOf(contents, path)) };
  } catch (error) {
    return failed(
      `the front matter cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** Approval adds and leaves out whole lines, so each key has its own, beginning at the margin. */
function shapeProblem(map: YAMLMap, counter: LineCounter): string | undefined {
  const own = 'write each key of the front matter on a line of its own';
  if (map.flow === true) return `${own}, without braces`;
  if (map.anchor !== undefined || map.tag !== undefined) return `${own}, without a tag or anchor before them`;
  const atMargin = map.items.every(({ key }) => {
    const { range } = key as Node;
    return range && counter.linePos(range[0]).col === 1;
  });
  return atMargin ? undefined : `${own}, without anything before it`;
}

function offsetOf(root: Node, path: readonly PropertyKey[]): number {
  let node: unknown = root;
  let offset = root.range?.[0] ?? 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair: Pair | undefined = node.items.find(
        ({ key }) => isScalar(key) && String(key.value) === step,
      );
      if (pair === undefined) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}

/** The slip that a plain `key: value` reader forgives and YAML does not. */
function hintFor(message: string): string {
  return /nested mappings|implicit keys/i.test(message)
    ? '; text that contains ": " needs quotes around it'
    : '';
}
