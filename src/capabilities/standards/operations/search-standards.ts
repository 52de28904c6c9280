import { operationsOf } from '../../../kernel/index.ts';
import { searchStandardsInput, searchStandardsOutput } from '../contract/index.ts';
import type { StandardsSearch } from '../search/standards-search.ts';

/** What the operations on standards need. */
export interface StandardsDeps {
  standards: StandardsSearch;
}

export const searchStandards = operationsOf<StandardsDeps>()({
  name: 'standards.search',
  summary: "Search the project's standards by words, before writing or advising. Cite the ones you use.",
  input: searchStandardsInput,
  output: searchStandardsOutput,
  doors: { mcp: 'search_standards', cli: 'standards search' },
  policy: { effect: 'read', idempotent: true },
  errors: [],
  async handler({ query, n_results: limit }, { deps }) {
    const { results, searched, skipped } = await deps.standards.search(query, { limit });
    const left = skipped.map(({ file, reason }) => `${file} (${reason})`).join(', ');
    const skippedText = left === '' ? '' : ` Not searched: ${left}.`;
    return {
      results,
      searched,
      method: 'keyword' as const,
      message:
        (searched + skipped.length === 0
          ? 'This project has no standards yet: there is no readable Markdown under .agent-os/standards.'
          : `${results.length} sections of ${searched} standards match, by keywords.`) + skippedText,
    };
  },
});
