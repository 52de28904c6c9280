import { counted, operationsOf } from '../../../kernel/index.ts';
import { searchStandardsInput, searchStandardsOutput } from '../contract/index.ts';
import type { SearchAnswer, StandardsSearch } from '../search/standards-search.ts';

/** What the operations on standards need. */
export interface StandardsDeps {
  standards: StandardsSearch;
}

export const searchStandards = operationsOf<StandardsDeps>()({
  name: 'standards.search',
  summary: "Search the project's standards before writing or advising. Cite the ones you use.",
  input: searchStandardsInput,
  output: searchStandardsOutput,
  doors: { mcp: 'search_standards', cli: 'standards search' },
  policy: { effect: 'read', idempotent: true },
  errors: [],
  async handler({ query, n_results: limit, domain, tags, path, layer }, { deps }) {
    const answer = await deps.standards.search(query, { limit, domain, tags, path, layer });
    const bytesReturned = answer.results.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
    return {
      results: answer.results.map(({ tags: _tags, ...hit }) => hit),
      searched: answer.searched,
      method: answer.method,
      bytes_returned: bytesReturned,
      bytes_of_all: answer.bytesOfAll,
      message: messageOf(answer, bytesReturned, domain),
    };
  },
});

/** Files that cannot be read are the same in every answer: the first are named, the rest counted. */
const skippedNamed = 3;

const kilobytes = (bytes: number) => `${(bytes / 1_000).toFixed(1)} KB`;

function messageOf(answer: SearchAnswer, bytesReturned: number, domain: string | undefined): string {
  const { results, searched, skipped, methodNote, indexNote, bytesOfAll, method } = answer;
  if (searched + skipped.length === 0) {
    return 'This project has no standards yet: there is no readable Markdown under .agent-os/standards.';
  }
  const how = method === 'hybrid' ? 'words and meaning' : 'keywords';
  const named = skipped.slice(0, skippedNamed).map(({ file, reason }) => `${file} (${reason})`);
  const more = skipped.length - named.length;
  const left = [...named, ...(more === 0 ? [] : [`${more} more, \`troupe standards lint\` names them`])].join(
    ', ',
  );
  const { domains } = answer;
  return [
    ...(domains === undefined ? [] : [`There is no domain "${domain}"; there are ${domains.join(', ')}.`]),
    `${counted(results.length, 'section')} of ${counted(searched, 'standard')} ${results.length === 1 ? 'matches' : 'match'}, by ${how}: ${kilobytes(bytesReturned)} of ${kilobytes(bytesOfAll)}.`,
    ...(methodNote === null ? [] : [`${methodNote[0]!.toUpperCase()}${methodNote.slice(1)}.`]),
    ...(indexNote === null ? [] : [indexNote]),
    ...(left === '' ? [] : [`Not searched: ${left}.`]),
  ].join(' ');
}
