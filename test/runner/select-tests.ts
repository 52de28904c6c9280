/** What the words of the command choose: files by their path, tests by their title, or what no file is found by. */
export interface Selection {
  files: readonly string[];
  titles: readonly RegExp[];
  /** For each word that is meant as a path and is in none: what to tell. */
  refusals: readonly string[];
}

/**
 * A word that is in a path chooses the files with it, any other one the tests whose title contains it; with words of both
 * kinds, these tests of those files. A word that looks like a path is never taken for a title: mistyped, it would have
 * every file run to find no test.
 */
export function selectTests(allFiles: readonly string[], words: readonly string[]): Selection {
  const isInPath = (word: string) => allFiles.some((file) => file.includes(word));
  const inPaths = words.filter(isInPath);
  const others = words.filter((word) => !isInPath(word));
  return {
    files:
      inPaths.length === 0
        ? allFiles
        : allFiles.filter((file) => inPaths.some((word) => file.includes(word))),
    titles: others.map((word) => new RegExp(word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'i')),
    refusals: others.filter(looksLikePath).map((word) => refusalOf(word, allFiles)),
  };
}

const looksLikePath = (word: string) => /^\S*\/\S*$|\.ts$/.test(word);

function refusalOf(word: string, files: readonly string[]): string {
  const near = files
    .map((file) => ({ file, distance: distanceWithin(word, file) }))
    .filter(({ distance }) => distance <= word.length / 3)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3);
  const nearest = near.map(({ file }) => `\n  ${file}`).join('');
  return `No path of a test file contains ${word}.${nearest === '' ? '' : ` Nearest:${nearest}`}`;
}

/** Fewest insertions, deletions and substitutions that make `word` a part of `path`, wherever it begins there. */
function distanceWithin(word: string, path: string): number {
  let previous = new Array<number>(path.length + 1).fill(0);
  for (let row = 1; row <= word.length; row++) {
    const current = [row];
    for (let column = 1; column <= path.length; column++) {
      const replaced = previous[column - 1]! + (word[row - 1] === path[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[column]! + 1, current[column - 1]! + 1));
    }
    previous = current;
  }
  return Math.min(...previous);
}
