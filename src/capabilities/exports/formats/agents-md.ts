import type { Digest } from '../digest/digest.ts';
import { exceptionOf } from '../digest/export-body.ts';
import type { RegionFormat } from './export-format.ts';
import { globsOf } from './file-globs.ts';

/** AGENTS.md, read by many agents. It knows no path scopes, so they are said in words, and it is kept shorter. */
export const agentsMd: RegionFormat = {
  kind: 'region',
  target: 'agents-md',
  path: 'AGENTS.md',
  // It is read whole, whatever is worked on.
  most: { rules: 3, avoid: 0 },
  region(digests) {
    if (digests.length === 0) return '';
    const approved = digests.some(({ universal }) => universal)
      ? 'People approved these standards, or chose them from those that ship with Troupe.'
      : 'People approved these standards.';
    const intro = `${approved} Follow them where they apply, and read the whole one before departing from it.`;
    return ['## Standards of this project', intro, ...digests.map(sectionOf)].join('\n\n').concat('\n');
  },
  losses: ({ id, appliesTo }) =>
    appliesTo.length === 0
      ? []
      : [
          {
            standard: id,
            what: 'its scope as data: AGENTS.md is read whole, so the globs are said in words',
          },
        ],
};

function sectionOf(digest: Digest): string {
  const globs = globsOf(digest).map((glob) => `\`${glob}\``);
  return [
    `### ${digest.title}`,
    globs.length === 0 ? '' : `For ${globs.join(', ')}.`,
    exceptionOf(digest.notFor),
    digest.lead,
    digest.rules.map((rule) => `- ${rule}`).join('\n'),
    digest.pointer,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
