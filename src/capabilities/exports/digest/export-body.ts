import type { Digest } from './digest.ts';

/** The digest as Markdown, lines ended by LF. */
export function bodyOf({ title, lead, rules, avoid, pointer, notFor }: Digest): string {
  return [
    `# ${title}`,
    exceptionOf(notFor),
    lead,
    rules.map((rule) => `- ${rule}`).join('\n'),
    avoid.length === 0 ? '' : `Avoid:\n\n${avoid.map((one) => `- ${one}`).join('\n')}`,
    pointer,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

/** What a client's scope cannot say. */
export const exceptionOf = (notFor: Digest['notFor']) =>
  notFor.length === 0 ? '' : `Not for ${notFor.map((glob) => `\`${glob}\``).join(', ')}.`;
