import type { Digest } from '../digest/digest.ts';
import type { RegionFormat } from './export-format.ts';
import { globsOf } from './file-globs.ts';

/** Rules of one standard; the file is read whole, whatever is worked on. */
const maxRules = 3;

/** AGENTS.md, read by many agents. It knows no path scopes, so they are said in words, and it is kept shorter. */
export const agentsMd: RegionFormat = {
  kind: 'region',
  target: 'agents-md',
  path: 'AGENTS.md',
  region(digests) {
    if (digests.length === 0) return '';
    const intro =
      'People approved these standards. Follow them where they apply, and read the whole one before departing from it.';
    return ['## Standards of this project', intro, ...digests.map(sectionOf)].join('\n\n').concat('\n');
  },
  losses(digest) {
    const points = digest.rules.length + digest.avoid.length - Math.min(digest.rules.length, maxRules);
    return [
      ...(digest.appliesTo.length === 0
        ? []
        : [
            {
              standard: digest.id,
              what: 'its scope as data: AGENTS.md is read whole, so the globs are said in words',
            },
          ]),
      ...(points === 0
        ? []
        : [
            {
              standard: digest.id,
              what: `${points} further rules: AGENTS.md is read whole, so it is kept short`,
            },
          ]),
    ];
  },
};

function sectionOf(digest: Digest): string {
  const globs = globsOf(digest).map((glob) => `\`${glob}\``);
  return [
    `### ${digest.title}`,
    globs.length === 0 ? '' : `For ${globs.join(', ')}.`,
    digest.lead,
    digest.rules
      .slice(0, maxRules)
      .map((rule) => `- ${rule}`)
      .join('\n'),
    digest.pointer,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
