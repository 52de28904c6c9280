import { isNode } from 'yaml';
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
  const { frontMatter, problems } = parseFrontMatter(lines.join('\n'), firstLine, 'domain: testing');
  const [problem] = problems;
  if (problem !== undefined) return { line: problem.line, reason: problem.message };
  return shapeProblem(frontMatter!) ?? frontMatter!;
}

/** What is written otherwise than whole lines can be taken from. */
function shapeProblem({ map, placeOfNode }: ParsedFrontMatter): FrontMatterFailure | undefined {
  if (map === undefined) return undefined;
  const failed = (how: string) => ({
    line: placeOfNode(map).line,
    reason: `write each key of the front matter on a line of its own, without ${how}`,
  });
  if (map.flow === true) return failed('braces');
  if (map.anchor !== undefined || map.tag !== undefined) return failed('a tag or anchor before them');
  const atMargin = map.items.every(({ key }) => isNode(key) && placeOfNode(key).column === 1);
  return atMargin ? undefined : failed('anything before it');
}
