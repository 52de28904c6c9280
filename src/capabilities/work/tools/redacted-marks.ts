import { counted } from '../../../kernel/index.ts';

/** What stands in the place of a secret. */
const mark = /\[redacted: [\w-]+\]/g;

/** Secrets that are masked in a text; one of several lines, such as a key, counts once for each. */
export function countMarks(text: string): number {
  return text.match(mark)?.length ?? 0;
}

/** What a person is told of secrets that a part came with, such as the task; `undefined` where there is none. */
export function redactedNote(secrets: number, part: string): string | undefined {
  if (secrets === 0) return undefined;
  return `${counted(secrets, 'secret')} ${secrets === 1 ? 'was' : 'were'} redacted from the ${part}.`;
}
