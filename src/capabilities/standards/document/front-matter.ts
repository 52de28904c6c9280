import { isNode, isScalar, type Node } from 'yaml';
import {
  parseFrontMatter,
  type FrontMatter,
  type ParsedFrontMatter,
} from '../../../platform/front-matter/index.ts';

/** Why there is no front matter to be had, and where. */
export interface FrontMatterFailure {
  line: number;
  reason: string;
}

/**
 * Reads the lines between the `---` lines of a standard. `firstLine` is their first line in the file. Stricter than YAML,
 * since approval adds and leaves out whole lines: each key has its own, from the margin on. Never throws.
 */
export function readFrontMatterLines(
  lines: readonly string[],
  firstLine: number,
): FrontMatter | FrontMatterFailure {
  const end = lines.findIndex((line) => /^\.\.\.(?:\s|$)/.test(line));
  if (end !== -1)
    return { line: firstLine + end, reason: 'the front matter ends with "---", not with "..."' };
  // Every line with its end: of a text block that keeps its empty lines, the last one counts as it does before a key.
  const text = lines.map((line) => `${line}\n`).join('');
  const { frontMatter, problems } = parseFrontMatter(text, firstLine, 'domain: testing');
  const [problem] = problems;
  if (problem !== undefined) return { line: problem.line, reason: problem.message };
  return shapeProblem(text, frontMatter!) ?? frontMatter!;
}

/** What is written otherwise than whole lines can be taken from. */
function shapeProblem(text: string, { map, placeOfNode }: ParsedFrontMatter): FrontMatterFailure | undefined {
  if (map === undefined) return undefined;
  const failed = (how: string) => ({
    line: placeOfNode(map).line,
    reason: `write each key of the front matter on a line of its own, without ${how}`,
  });
  if (map.flow === true) return failed('braces');
  if (map.anchor !== undefined || map.tag !== undefined) return failed('a tag or anchor before them');
  // Without the approval's line before it, a nameless one would become a part of the key above.
  const nameless = map.items.find(({ key }) => isScalar(key) && key.source === '');
  if (nameless !== undefined)
    return {
      line: placeOfNode(nameless.key as Node).line,
      reason: 'a key of the front matter has no name before its ":"',
    };
  const atMargin = map.items.every(({ key }) => isNode(key) && placeOfNode(key).column === 1);
  if (!atMargin) return failed('anything before it');
  // The library takes a colon on the line below for that of any key but the first, so what is first must not matter.
  const apart = map.items.find(({ key }) => isNode(key) && !/^[ \t]*:/.test(text.slice(key.range![1])));
  if (apart === undefined) return undefined;
  return {
    line: placeOfNode(apart.key as Node).line,
    reason: 'the ":" of a key of the front matter stands on the line of the key',
  };
}
