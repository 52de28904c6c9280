/** Scripts that are written without spaces between words, and Korean, whose particles are joined to words. */
const unspaced =
  '\\p{Script_Extensions=Han}\\p{Script_Extensions=Hiragana}\\p{Script_Extensions=Katakana}\\p{Script_Extensions=Hangul}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';

/** The marks above and below letters of these scripts belong to their words. */
export const unspacedMarks =
  '[\\p{M}&&[\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]]';

const anyUnspaced = new RegExp(`[${unspaced}]`, 'u');
const stretches = new RegExp(`[${unspaced}]+|[^${unspaced}]+`, 'gu');

/** Whether a run of letters holds one of these scripts. */
export const holdsUnspaced = (run: string): boolean => anyUnspaced.test(run);

/** A run cut where such a script begins or ends. */
export const stretchesOf = (run: string): readonly string[] => run.match(stretches) ?? [];

/** Each letter of a stretch with the next, so that any part of a phrase meets the whole; a letter alone is itself. */
export function pairsOf(stretch: string): string[] {
  const letters = Array.from(stretch);
  if (letters.length < 2) return letters;
  return letters.slice(1).map((letter, at) => `${letters[at]!}${letter}`);
}
