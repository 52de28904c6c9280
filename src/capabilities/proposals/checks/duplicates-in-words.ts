import type { DraftFacts } from '../store/proposal.ts';

/** What is near to a text, for whoever decides about it, in one line; `null` where that could not be looked for. */
export function duplicatesInWords(duplicates: DraftFacts['duplicates']): string {
  return `Near-duplicates: ${listed(duplicates)}`;
}

function listed(duplicates: DraftFacts['duplicates']): string {
  if (duplicates === null) return 'could not be looked for';
  if (duplicates.length === 0) return 'none';
  return duplicates
    .map(({ id, relevance, isHidden }) => {
      const alike = relevance.toFixed(2);
      return isHidden
        ? `${id} (${alike}; ships with Troupe, hidden once this is approved)`
        : `${id} (${alike})`;
    })
    .join(', ');
}
