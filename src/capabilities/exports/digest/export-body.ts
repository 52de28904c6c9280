import type { Digest } from './digest.ts';

/** The digest as Markdown, lines ended by LF. */
export function bodyOf({ title, lead, rules, avoid, pointer }: Digest): string {
  return [
    `# ${title}`,
    lead,
    rules.map((rule) => `- ${rule}`).join('\n'),
    avoid.length === 0 ? '' : `Avoid:\n\n${avoid.map((one) => `- ${one}`).join('\n')}`,
    pointer,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}
