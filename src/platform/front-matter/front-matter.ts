import { LineCounter, isMap, isScalar, isSeq, parseDocument, type Node, type Pair, type YAMLMap } from 'yaml';

/** A place in the file, both 1-based. */
export interface Place {
  line: number;
  column: number;
}

/** Front matter as data, with a way back to the file. */
export interface FrontMatter {
  data: Record<string, unknown>;
  /** Where the key (or the list item) at this path stands; the nearest enclosing place when the path is unknown. */
  placeOf(path: readonly PropertyKey[]): Place;
}

/** Front matter just parsed: how it was written, too. */
export interface ParsedFrontMatter extends FrontMatter {
  /** The keys and values as nodes; `undefined` when nothing is written. */
  map: YAMLMap | undefined;
  placeOfNode(node: Node): Place;
}

/** What is wrong, where; an `error` means that nothing of it can be used. */
export interface FrontMatterProblem extends Place {
  severity: 'error' | 'warning';
  message: string;
}

/** Anchors may be repeated, but not so often that a few lines expand into gigabytes. */
const maxAliases = 50;

/**
 * Parses the YAML between the `---` lines. `firstLine` is its 1-based first line in the file; `example` shows a key and its
 * value to who wrote something else. Never throws: what cannot be read comes back as problems without `frontMatter`.
 */
export function parseFrontMatter(
  yaml: string,
  firstLine: number,
  example: string,
): { frontMatter?: ParsedFrontMatter; problems: FrontMatterProblem[] } {
  const counter = new LineCounter();
  const placeAt = (offset: number): Place => {
    const { line, col } = counter.linePos(offset);
    return { line: Math.max(line, 1) + firstLine - 1, column: Math.max(col, 1) };
  };
  const placeOfNode = (node: Node) => placeAt(node.range?.[0] ?? 0);
  const failed = (message: string) => ({
    problems: [{ severity: 'error' as const, message, line: firstLine, column: 1 }],
  });
  try {
    const document = parseDocument(yaml, { lineCounter: counter, prettyErrors: false, uniqueKeys: true });
    const problems: FrontMatterProblem[] = [
      ...document.errors.map((error) => ({ severity: 'error' as const, error })),
      ...document.warnings.map((error) => ({ severity: 'warning' as const, error })),
    ].map(({ severity, error }) => ({
      severity,
      message: `the front matter is not valid YAML: ${firstSentence(error.message)}${hintFor(error.message)}`,
      ...placeAt(error.pos[0]),
    }));
    if (document.errors.length > 0) return { problems };
    const { contents } = document;
    if (contents === null) {
      return { frontMatter: { data: {}, placeOf: () => placeAt(0), map: undefined, placeOfNode }, problems };
    }
    if (!isMap(contents)) return failed(`the front matter must be keys and values, such as "${example}"`);
    const data = document.toJS({ maxAliasCount: maxAliases }) as Record<string, unknown>;
    const placeOf = (path: readonly PropertyKey[]) => placeAt(offsetOf(contents, path));
    return { frontMatter: { data, placeOf, map: contents, placeOfNode }, problems };
  } catch (error) {
    return failed(
      `the front matter cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
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

function firstSentence(message: string): string {
  return message.split('\n', 1)[0]!.replace(/\.$/, '');
}

/** The slip that a plain `key: value` reader forgives and YAML does not. */
function hintFor(message: string): string {
  return /nested mappings|implicit keys/i.test(message)
    ? '; text that contains ": " needs quotes around it'
    : '';
}
