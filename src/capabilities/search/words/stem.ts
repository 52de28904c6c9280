/*
 * Porter's algorithm (M. F. Porter, "An algorithm for suffix stripping", Program 14/3, 1980), with the rule for -logi
 * and the -bli for -abli of its author's later page. Works on lower-case ASCII words; others are returned unchanged.
 */

const consonantAt = (word: string, at: number): boolean => {
  const letter = word[at]!;
  if ('aeiou'.includes(letter)) return false;
  return letter !== 'y' || at === 0 || !consonantAt(word, at - 1);
};

/** Number of vowel-consonant sequences: the `m` of the paper. */
function measure(stem: string): number {
  let count = 0;
  let afterVowel = false;
  for (let at = 0; at < stem.length; at += 1) {
    const consonant = consonantAt(stem, at);
    if (consonant && afterVowel) count += 1;
    afterVowel = !consonant;
  }
  return count;
}

const hasVowel = (stem: string) => {
  for (let at = 0; at < stem.length; at += 1) if (!consonantAt(stem, at)) return true;
  return false;
};

const endsDouble = (word: string) =>
  word.length > 1 && word.at(-1) === word.at(-2) && consonantAt(word, word.length - 1);

/** Consonant, vowel, consonant other than w, x and y: after these a lost `e` is put back. */
const endsShort = (word: string) => {
  const last = word.length - 1;
  return (
    last >= 2 &&
    consonantAt(word, last) &&
    !consonantAt(word, last - 1) &&
    consonantAt(word, last - 2) &&
    !'wxy'.includes(word[last]!)
  );
};

type Endings = readonly (readonly [ending: string, instead: string])[];

const second: Endings = Object.entries({
  ational: 'ate',
  tional: 'tion',
  enci: 'ence',
  anci: 'ance',
  izer: 'ize',
  bli: 'ble',
  alli: 'al',
  entli: 'ent',
  eli: 'e',
  ousli: 'ous',
  ization: 'ize',
  ation: 'ate',
  ator: 'ate',
  alism: 'al',
  iveness: 'ive',
  fulness: 'ful',
  ousness: 'ous',
  aliti: 'al',
  iviti: 'ive',
  biliti: 'ble',
  logi: 'log',
});

const third: Endings = Object.entries({
  icate: 'ic',
  ative: '',
  alize: 'al',
  iciti: 'ic',
  ical: 'ic',
  ful: '',
  ness: '',
});

const fourth: Endings = 'ement ance ence able ible ment ion ant ent ism ate iti ous ive ize al er ic ou'
  .split(' ')
  .map((ending) => [ending, ''] as const);

/** The first ending that fits decides, whether or not its stem is long enough. */
function replaceEnding(
  word: string,
  endings: Endings,
  isAllowed: (stem: string, ending: string) => boolean,
): string {
  for (const [ending, instead] of endings) {
    if (!word.endsWith(ending)) continue;
    const stem = word.slice(0, -ending.length);
    return isAllowed(stem, ending) ? stem + instead : word;
  }
  return word;
}

function withoutPlural(word: string): string {
  if (word.endsWith('sses') || word.endsWith('ies')) return word.slice(0, -2);
  return word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

function withoutPast(word: string): string {
  if (word.endsWith('eed')) return measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word;
  const ending = word.endsWith('ed') ? 'ed' : word.endsWith('ing') ? 'ing' : undefined;
  if (ending === undefined) return word;
  const stem = word.slice(0, -ending.length);
  if (!hasVowel(stem)) return word;
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`;
  if (endsDouble(stem) && !/[lsz]$/.test(stem)) return stem.slice(0, -1);
  return measure(stem) === 1 && endsShort(stem) ? `${stem}e` : stem;
}

function withoutFinalE(word: string): string {
  let stem = word;
  if (word.endsWith('e')) {
    const rest = word.slice(0, -1);
    const size = measure(rest);
    if (size > 1 || (size === 1 && !endsShort(rest))) stem = rest;
  }
  return stem.endsWith('ll') && measure(stem.slice(0, -1)) > 1 ? stem.slice(0, -1) : stem;
}

/** The stem of a lower-case word: `retries`, `retried` and `retrying` meet in `retri`. */
export function stemOf(word: string): string {
  if (word.length < 3 || !/^[a-z]+$/.test(word)) return word;
  let stem = withoutPast(withoutPlural(word));
  if (stem.endsWith('y') && hasVowel(stem.slice(0, -1))) stem = `${stem.slice(0, -1)}i`;
  stem = replaceEnding(stem, second, (rest) => measure(rest) > 0);
  stem = replaceEnding(stem, third, (rest) => measure(rest) > 0);
  stem = replaceEnding(
    stem,
    fourth,
    (rest, ending) => measure(rest) > 1 && (ending !== 'ion' || /[st]$/.test(rest)),
  );
  return withoutFinalE(stem);
}
