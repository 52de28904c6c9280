import { counted } from '../../../kernel/index.ts';

/** What stands in the place of a secret. */
const mark = /\[redacted: [\w-]+\]/g;

/** Secrets that are masked in a text; one of several lines, such as a key, counts once for each. */
export function countMarks(text: string): number {
  return text.match(mark)?.length ?? 0;
}

/** What a person is told of secrets that do not stand in a text any more. */
export function maskedNote(secrets: number, where: string): string {
  return `${counted(secrets, 'secret')} ${secrets === 1 ? 'was' : 'were'} masked in ${where}.`;
}

/** The same of a part that a job came with, such as the task; `undefined` where there is none. */
export function redactedNote(secrets: number, part: string): string | undefined {
  return secrets === 0 ? undefined : maskedNote(secrets, `the ${part}`);
}
