import { z } from 'zod';
import { cutText, workTool } from './work-tool.ts';

export const searchStandardsTool = workTool({
  name: 'search_standards',
  description: "Search the project's standards. Do it before you advise, and cite those that you use.",
  phase: 'searching',
  input: z.object({
    query: z.string().min(1).max(1_000).describe('A question or words.'),
    n_results: z.int().min(1).max(20).default(5).describe('At most this many.'),
  }),
  async run({ query, n_results: limit }, { standards, maxOutputChars }) {
    const { results, searched, skipped } = await standards.search(query, { limit });
    const text = results.map((hit) => `${hit.citation}\n${hit.content}`).join('\n\n');
    return {
      text:
        results.length === 0
          ? `No standard matches (${searched} searched).`
          : cutText(text, maxOutputChars, 'Ask for fewer results.'),
      summary: `standards for "${query.slice(0, 60)}": ${results.length} of ${searched}`,
      skipped,
    };
  },
});
