import { nameOf } from './quoted-name.ts';
import type { NamingLine, PatchText } from './patch-text.ts';

/** What a patch calls its file, prefixes and all. */
export interface PatchNames {
  /** Also of a file that the patch makes or deletes, where a line of git names it. */
  old: string | undefined;
  new: string | undefined;
  /** Paths that git tells without a prefix, of a rename or copy, and of a merge. */
  from: string | undefined;
  to: string | undefined;
  isNew: boolean;
  isDeleted: boolean;
  /** Whether git says that both names are of one file, where it tells no rename. */
  isGit: boolean;
}

const nothing = '/dev/null';

/** A line longer than this names no files that there could be. */
const maxNamesChars = 9_000;
/** The names of one file in a line differ in their prefixes alone, and these in length by no more than this. */
const maxDifferenceChars = 100;

/** The names in the header of a patch. */
export function namesOf({ naming, isNew, isDeleted }: PatchText): PatchNames {
  const textOf = (kind: NamingLine['kind']) => naming.findLast((line) => line.kind === kind)?.text;
  const nameIn = (kind: NamingLine['kind']) => {
    const text = textOf(kind);
    return text === undefined ? undefined : nameOf(text);
  };
  const [git, binary] = [textOf('git'), textOf('binary')];
  const told = { old: nameIn('old'), new: nameIn('new') };
  const known = { old: real(told.old), new: real(told.new) };
  const pair = bothIn(git, ' ', known) ?? bothIn(binary, ' and ', known);
  return {
    old: known.old ?? real(pair?.old),
    new: known.new ?? real(pair?.new),
    from: nameIn('from') ?? nameIn('combined'),
    to: nameIn('to') ?? nameIn('combined'),
    isNew: isNew || told.old === nothing || binary?.startsWith(`${nothing} and `) === true,
    isDeleted: isDeleted || told.new === nothing || binary?.endsWith(` and ${nothing}`) === true,
    isGit: git !== undefined,
  };
}

const real = (name: string | undefined) => (name === nothing ? undefined : name);

interface Pair {
  old: string;
  new: string;
}

/** The two names in a line, neither of which need be quoted where it holds spaces: of all splits the one most alike. */
function bothIn(
  text: string | undefined,
  between: string,
  known: Pick<PatchNames, 'old' | 'new'>,
): Pair | undefined {
  if (text === undefined || text.length > maxNamesChars) return undefined;
  const splits = splitsOf(text, between)
    .map(([old, young]) => ({ old: nameOf(old), new: nameOf(young) }))
    .filter((pair) => pair.old !== '' && pair.new !== '')
    .filter((pair) => (known.old ?? pair.old) === pair.old && (known.new ?? pair.new) === pair.new);
  let best: Pair | undefined;
  let most = -1;
  for (const pair of splits) {
    const alike = pair.old === pair.new ? Infinity : sharedEnd(pair.old, pair.new);
    if (alike > most) [best, most] = [pair, alike];
  }
  return best;
}

/** The ways to read two names; where one is quoted there is one way. */
function splitsOf(text: string, between: string): [string, string][] {
  const splitAt = (at: number): [string, string] => [text.slice(0, at), text.slice(at + between.length)];
  const quoted = /^"(?:[^"\\]|\\.)*"/.exec(text)?.[0];
  if (quoted !== undefined) return [splitAt(quoted.length)];
  // Inside of a name that is not quoted there is no quote.
  const second = text.indexOf(`${between}"`);
  if (second >= 0 && text.endsWith('"')) return [splitAt(second)];
  if (text.startsWith(`${nothing}${between}`)) return [splitAt(nothing.length)];
  if (text.endsWith(`${between}${nothing}`)) return [splitAt(text.length - nothing.length - between.length)];
  const middle = (text.length - between.length) / 2;
  const splits: [string, string][] = [];
  for (let at = text.indexOf(between, Math.max(0, Math.ceil(middle - maxDifferenceChars / 2))); at >= 0;) {
    if (at > middle + maxDifferenceChars / 2) break;
    splits.push(splitAt(at));
    at = text.indexOf(between, at + 1);
  }
  return splits;
}

/** How many characters at the end two names have in common. */
export function sharedEnd(one: string, other: string): number {
  let count = 0;
  while (count < one.length && count < other.length && one.at(-1 - count) === other.at(-1 - count))
    count += 1;
  return count;
}
