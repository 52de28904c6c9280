export { counted } from './counted.ts';
export { hiddenCharacter, lineProblem } from './hidden-character.ts';
export type { HiddenCharacter } from './hidden-character.ts';
export { comparable, nearestNames } from './nearest-names.ts';
export { onOneLine, quoted, visible, visibleName } from './shown-text.ts';
export { utf8Text } from './utf8-text.ts';

/** What kind of failure it was. The category alone picks the HTTP status, the exit code and the MCP form. */
export const errorCategories = [
  'invalid',
  'not-found',
  'conflict',
  'forbidden',
  'limited',
  'unavailable',
  'internal',
] as const;

/** One of `errorCategories`. */
export type ErrorCategory = (typeof errorCategories)[number];
