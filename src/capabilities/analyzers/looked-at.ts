import { severities, type Evidence } from './evidence.ts';
import type { AppliedRules, FileResult } from './thread/messages.ts';
import { topicOf } from './topics.ts';

/**
 * What was looked at and found in order, such as `SQL injection`: topics whose rules really ran on files, because
 * their words occur there, and found nothing. What a comment leaves out counts as found. The worst first, then those with most files.
 */
export function lookedAt(
  results: readonly FileResult[],
  applied: readonly AppliedRules[],
  found: readonly Pick<Evidence, 'rule'>[],
): string[] {
  const severityOf = new Map(applied.flatMap((a) => Object.entries(a.severities)));
  const topicsFound = new Set(found.map(({ rule }) => topicOf(rule)));
  const topics = new Map<string, { rank: number; files: number }>();
  for (const { ranRules } of results) {
    for (const id of ranRules) {
      const topic = topicOf(id);
      const rank = severities.indexOf(severityOf.get(id) ?? 'low');
      const entry = topics.get(topic) ?? { rank, files: 0 };
      topics.set(topic, { rank: Math.min(rank, entry.rank), files: entry.files + 1 });
    }
  }
  return [...topics]
    .filter(([topic]) => !topicsFound.has(topic))
    .sort(([, a], [, b]) => a.rank - b.rank || b.files - a.files)
    .map(([topic]) => topic);
}
