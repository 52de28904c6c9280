import { z } from 'zod';
import type { StandardHit } from '../../standards/index.ts';
import { isCitable, notApproved } from '../standards/standards-in-use.ts';
import { cutText, workTool } from './work-tool.ts';

export const searchStandardsTool = workTool({
  name: 'search_standards',
  description: "Search the project's standards. Do it before you advise, and cite those that you use.",
  phase: 'searching',
  input: z.object({
    query: z.string().min(1).max(1_000).describe('A question or words.'),
    n_results: z.int().min(1).max(20).default(5).describe('At most this many.'),
    domain: z.string().max(80).optional().describe('Only this domain, such as security.'),
    tags: z.array(z.string().max(50)).max(10).optional().describe('Only those with any of these tags.'),
    path: z.string().max(500).optional().describe('File you work on: standards made for such files.'),
  }),
  async run({ query, n_results: limit, domain, tags, path }, { standards, maxOutputChars }) {
    const { results, searched, skipped } = await standards.search(query, { limit, domain, tags, path });
    const text = results.map((hit) => `${headOf(hit)}\n${hit.content}`).join('\n\n');
    const folders = skipped.filter(({ isFolder }) => isFolder);
    const unread = folders.map(({ file, reason }) => `\n\nNot searched: ${file} (${reason}).`).join('');
    return {
      text:
        results.length === 0
          ? `No standard matches (${searched} searched).${unread}`
          : `${cutText(text, maxOutputChars, 'Ask for fewer results.')}${unread}`,
      summary: `standards for "${query.slice(0, 60)}": ${results.length} of ${searched}`,
      skipped,
    };
  },
});

/** The line to cite a hit by, or that it must not be. */
function headOf({ citation, approval }: StandardHit): string {
  if (/ \[retired(?:, [^\]]*)?\]$/.test(citation))
    return `${citation} (retired: it holds no longer; do not cite it)`;
  return isCitable(approval) ? citation : `${citation} ${notApproved(approval)}`;
}
