/** What `standards adopt` gives. */
export interface Adoption {
  standards: { standard: string; file: string; title: string; lead: string; approval: string }[];
  skipped: { file: string; reason: string }[];
  selection_hash: string;
  adopted: boolean;
  message: string;
}

/** What would be approved, each with its rule, and what cannot be. */
export function renderAdoptable({ standards, skipped }: Adoption): string {
  const lines = standards.map(({ file, title, lead, approval }) => {
    const since = approval === 'changed' ? ' (changed since it was approved)' : '';
    return `${file}${since}\n   ${title}: ${lead}`;
  });
  return [...lines, ...skipped.map(({ file, reason }) => `! ${file}: ${reason}`)].join('\n');
}
