import type { Evidence } from './evidence.ts';
import type { AppliedRules, FileResult } from './thread/messages.ts';

/**
 * What was looked at and found in order, such as `SQL built from a variable (12 files)`: rules whose words occur in
 * files, so that they really ran on them, and that found nothing. The same weakness in several families counts once.
 */
export function lookedAt(
  results: readonly FileResult[],
  applied: readonly AppliedRules[],
  evidence: readonly Evidence[],
): string[] {
  const titles = new Map(applied.flatMap((a) => Object.entries(a.titles)));
  const found = new Set(evidence.map((e) => weaknessOf(e.rule)));
  const files = new Map<string, { title: string; files: number }>();
  for (const { ranRules } of results) {
    for (const id of ranRules) {
      const weakness = weaknessOf(id);
      const entry = files.get(weakness) ?? { title: titles.get(id) ?? weakness, files: 0 };
      entry.files++;
      files.set(weakness, entry);
    }
  }
  return [...files]
    .filter(([weakness]) => !found.has(weakness))
    .sort(([, a], [, b]) => b.files - a.files)
    .map(([, { title, files: count }]) => `${title} (${count} ${count === 1 ? 'file' : 'files'})`);
}

/** `security/python/sql-from-string` is about `security/sql-from-string`. */
function weaknessOf(id: string): string {
  const [trade, , name] = id.split('/');
  return `${trade}/${name}`;
}
