import { nameOfId } from '../document/standard-name.ts';
import type { ReadStandard } from '../library/read-all.ts';
import type { StandardsSearch } from '../search/standards-search.ts';

/** Two standards that may say different things about the same. */
export interface ContradictionCandidate {
  /** In order of their ids. */
  standards: [ReadStandard, ReadStandard];
  /** 0 to 1: how near the other is found, against how near the standard finds itself. */
  closeness: number;
  /** The topic that both are about: tags, and words of their names. */
  shared: string[];
}

/** The other must be found at least this near; below, they merely share words. */
const leastCloseness = 0.5;
const neighboursLookedAt = 10;

/**
 * Pairs for a person to read, nearest first: each standard's own rule is searched for, and what is found beside it is
 * a candidate when it has the same topic (a tag, or a word of the name) and comes from another hand. A domain is no topic:
 * error responses and time limits are both architecture and contradict each other as little as two cities of a country. Only pairs with a standard of
 * the project, none retired. Errors: those of the search.
 */
export async function findContradictions(
  standards: readonly ReadStandard[],
  search: StandardsSearch,
): Promise<ContradictionCandidate[]> {
  const active = new Map(
    standards
      .filter(({ document }) => document.status === 'active')
      .map((standard) => [standard.entry.id, standard]),
  );
  const pairs = new Map<string, ContradictionCandidate>();
  for (const standard of active.values()) {
    const { entry, document } = standard;
    if (entry.layer === 'universal' || document.lead === '') continue;
    const { results } = await search.search(document.lead.slice(0, 1_000), { limit: neighboursLookedAt });
    const self = results.find(({ id }) => id === entry.id)?.relevance ?? results[0]?.relevance ?? 0;
    for (const { id, relevance } of results) {
      const other = active.get(id);
      const closeness = self === 0 ? 0 : Math.min(1, relevance / self);
      if (other === undefined || closeness < leastCloseness || !mayContradict(standard, other)) continue;
      const shared = sharedTopicOf(standard, other);
      if (shared.length === 0) continue;
      const [first, second] = entry.id < id ? [standard, other] : [other, standard];
      const key = `${first.entry.id} ${second.entry.id}`;
      const known = pairs.get(key)?.closeness ?? 0;
      pairs.set(key, { standards: [first, second], closeness: Math.max(known, closeness), shared });
    }
  }
  return [...pairs.values()].toSorted((a, b) => b.closeness - a.closeness);
}

function mayContradict(one: ReadStandard, other: ReadStandard): boolean {
  // One of the project is meant to take the place of the shipped one of its name.
  if (nameOfId(one.entry.id) === nameOfId(other.entry.id)) return false;
  return one.document.createdBy !== other.document.createdBy;
}

/** Tags and words of the names that both have, without those that say no more than the domain. */
function sharedTopicOf(one: ReadStandard, other: ReadStandard): string[] {
  const ofOther = topicWordsOf(other);
  return [...topicWordsOf(one)].filter((word) => ofOther.has(word)).sort();
}

function topicWordsOf({ document: { domain, topic, tags } }: ReadStandard): Set<string> {
  const words = topic.split('-').filter((word) => word.length > 2 && !joining.has(word));
  return new Set([...tags, ...words].filter((word) => word !== domain));
}

/** Words of names that say nothing of their topic. */
const joining = new Set(['and', 'the', 'for', 'with', 'not', 'from']);
