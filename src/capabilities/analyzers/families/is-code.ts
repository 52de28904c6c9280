import { extensionOf, familyOf } from './family.ts';
import { otherLanguages } from './other-languages.ts';

/** Whether a file is code by its name: in a language with rules, or in one that a persona reads. Text, data and media are not. */
export function isCode(path: string): boolean {
  return familyOf(path) !== undefined || Object.hasOwn(otherLanguages, extensionOf(path));
}
