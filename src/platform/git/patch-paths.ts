import { sharedEnd, type PatchNames } from './patch-names.ts';

/** Whether a path is a file of the project. */
export type IsThere = (path: string) => boolean;

/** The files of a patch, by their paths; `undefined` where it makes, or deletes, the file. */
export interface PatchPaths {
  oldPath: string | undefined;
  newPath: string | undefined;
}

/** What stands before the path in each of two names of one file. */
type Prefixes = readonly [old: string, young: string];

/** Those of git itself: of commits, of index, work tree, commit and object (`diff.mnemonicPrefix`), of two folders. */
const usual: readonly Prefixes[] = (
  [
    ['a/', 'b/'],
    ['i/', 'w/'],
    ['c/', 'i/'],
    ['c/', 'w/'],
    ['o/', 'w/'],
    ['1/', '2/'],
  ] as const
).flatMap(([one, other]): Prefixes[] => [
  [one, other],
  [other, one],
]);

/** Patches asked about to learn what all of them have in front of their paths. */
const maxAsked = 20;
/** Pairs of prefixes that are learned: a diff has one, a series of patches few. */
const maxLearned = 20;
/** Ways to cut a name that are looked at. */
const maxCuts = 64;

/**
 * The paths of a diff's patches, whatever prefixes it was made with: git's own, none (`diff.noprefix`), or any others, in
 * either order (`-R`). Without a prefix two names of one file are the same; git's own pairs are known; of other pairs that
 * is taken which leads to most files that are there. What nothing decides is named as it would be with `a/` and `b/`.
 */
export function pathsOf(patches: readonly PatchNames[], isThere: IsThere): PatchPaths[] {
  const cuts = new Map<PatchNames, Prefixes>();
  const open: PatchNames[] = [];
  for (const names of patches) {
    if (!hasBoth(names) || isTold(names)) continue;
    const known = usual.find((prefixes) => cutBy(names, prefixes) !== undefined);
    if (known === undefined) open.push(names);
    else if (names.isGit || isOneFile(names, known, isThere)) cuts.set(names, known);
  }
  let left = open;
  for (let learned = 0; learned < maxLearned && left.length > 0; learned += 1) {
    const found = likeliest(left, isThere);
    if (found === undefined) break;
    const fitting = new Set(left.filter((names) => cutBy(names, found) !== undefined));
    for (const names of fitting) cuts.set(names, found);
    left = left.filter((names) => !fitting.has(names));
  }
  const inUse = [...new Set(cuts.values())];
  return patches.map((names) => pathsBy(names, cuts.get(names), inUse, isThere));
}

type BothNames = PatchNames & { old: string; new: string };

const hasBoth = (names: PatchNames): names is BothNames => names.old !== undefined && names.new !== undefined;

const isTold = ({ from, to }: PatchNames) => from !== undefined && to !== undefined;

/** The path that two names have in common behind prefixes. */
function cutBy({ old, new: young }: PatchNames, [before, after]: Prefixes): string | undefined {
  if (old?.startsWith(before) !== true || young?.startsWith(after) !== true) return undefined;
  const path = old.slice(before.length);
  return path !== '' && path === young.slice(after.length) ? path : undefined;
}

/** Two files may lie in folders that are called as prefixes are; git would say so. */
function isOneFile(names: BothNames, known: Prefixes, isThere: IsThere): boolean {
  const [isPath, isName] = [isThere(cutBy(names, known)!), isThere(names.new)];
  return isPath || (known[0] === 'a/' && !isName);
}

/** The prefixes that most of the patches can have by what is there; of equally likely ones the shortest. */
function likeliest(patches: readonly PatchNames[], isThere: IsThere): Prefixes | undefined {
  const seen = new Map<string, { prefixes: Prefixes; files: number }>();
  // One that makes a file says little: the rest of its name may be another file.
  const asked = patches.filter(hasBoth).sort((a, b) => Number(a.isNew) - Number(b.isNew));
  for (const names of asked.slice(0, maxAsked)) {
    const isNamed = isThere(without('b/', names.new));
    for (const prefixes of cutsOf(names)) {
      const isFile = isThere(cutBy(names, prefixes)!);
      if (!isFile || (isNamed && names.old !== names.new)) continue;
      const key = prefixes.join('\0');
      const entry = seen.get(key) ?? { prefixes, files: 0 };
      entry.files += 1;
      seen.set(key, entry);
    }
  }
  const lengthOf = ({ prefixes }: { prefixes: Prefixes }) => prefixes.join('').length;
  return [...seen.values()].sort((a, b) => b.files - a.files || lengthOf(a) - lengthOf(b))[0]?.prefixes;
}

/** A prefix without a slash ends in a sign, as in `old-`: half a word is none. */
const endsInSign = /[^\p{L}\p{N}.]$/u;

/** The prefixes that two names of one file can have: up to a slash, or to a sign in the first part of what they share. */
function cutsOf({ old, new: young, isNew, isDeleted }: BothNames): Prefixes[] {
  const shared = sharedEnd(old, young);
  const [first, start] = [old.length - shared, young.length - shared];
  const firstSlash = old.indexOf('/', first);
  const cuts: Prefixes[] = [];
  for (let at = 0; at < shared && cuts.length < maxCuts; at += 1) {
    const prefixes: Prefixes = [old.slice(0, first + at), young.slice(0, start + at)];
    const isWithin = old !== young && (firstSlash < 0 || first + at < firstSlash);
    const end = isWithin ? endsInSign : /\/$/;
    if (prefixes.every((prefix) => prefix === '')) cuts.push(prefixes);
    // Of a file that is not to be there the whole name says nothing, so neither do parts of it.
    else if (old === young && (isNew || isDeleted)) break;
    else if (prefixes.every((prefix) => end.test(prefix))) cuts.push(prefixes);
  }
  return cuts;
}

function pathsBy(
  names: PatchNames,
  cut: Prefixes | undefined,
  inUse: readonly Prefixes[],
  isThere: IsThere,
): PatchPaths {
  const { from, to, old, isNew, isDeleted } = names;
  const both = (oldPath: string | undefined, newPath: string | undefined) => ({
    oldPath: isNew ? undefined : oldPath,
    newPath: isDeleted ? undefined : newPath,
  });
  if (isTold(names)) return both(from, to);
  if (cut !== undefined) {
    const path = cutBy(names, cut);
    return both(path, path);
  }
  if (hasBoth(names)) {
    if (old === names.new || isThere(names.new)) return both(old, names.new);
    return both(without('a/', names.old), without('b/', names.new));
  }
  return both(single(old, 0, inUse, isThere), single(names.new, 1, inUse, isThere));
}

/** The path in a name that stands alone: behind a prefix that the diff uses, else behind one that git would. */
function single(
  name: string | undefined,
  side: 0 | 1,
  inUse: readonly Prefixes[],
  isThere: IsThere,
): string | undefined {
  if (name === undefined) return undefined;
  const used = inUse.find((prefixes) => name.startsWith(prefixes[side]));
  const plain = without(['a/', 'b/'][side]!, name);
  const bare = name.replace(/^[icow]\//, '');
  if (used !== undefined) return without(used[side], name);
  if (plain !== name) return isThere(plain) || !isThere(name) ? plain : name;
  return isThere(bare) && !isThere(name) ? bare : name;
}

const without = (prefix: string, name: string) =>
  name.startsWith(prefix) ? name.slice(prefix.length) : name;
