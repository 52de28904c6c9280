import { familyOfRule } from '../../analyzers/contract/index.ts';
import {
  nameOfId,
  shippedId,
  type StandardDocument,
  type StandardsLibrary,
  type StandardsSearch,
} from '../../standards/index.ts';
import type { NearDuplicate } from '../store/proposal.ts';

/** How many standards a search proposes for a closer look. */
const lookedAt = 8;
const mostNamed = 3;

/**
 * From here on two texts are near. Of the 2,556 pairs of the standards that ship with Troupe, all of them about
 * different things, three reach 0.35 and none 0.38; half stay below 0.18.
 */
const nearFrom = 0.35;

type Compared = Pick<StandardDocument, 'title' | 'lead' | 'questions' | 'sections' | 'checks'>;

/**
 * The shipped standard of the draft's own name, which the draft hides once approved, however alike; then those that check
 * by a shipped rule of the draft, and so say it already, in whatever words; then standards that say nearly the same. Of
 * these search finds candidates, and the words of their whole texts decide. Nearest first.
 * Errors: those of search and library.
 */
export async function findNearDuplicates(
  { search, library }: { search: StandardsSearch; library: StandardsLibrary },
  id: string,
  draft: Compared,
): Promise<NearDuplicate[]> {
  const query = [draft.title, draft.lead, ...draft.questions].join(' ').slice(0, 1_000);
  const { results } = await search.search(query, { limit: lookedAt });
  const { entries } = await library.list();
  const candidates = new Set(results.map((hit) => hit.id));
  const words = wordsOf(draft);
  const rules = new Set(rulesOf(draft));
  const hidden: NearDuplicate[] = [];
  const sameRule: NearDuplicate[] = [];
  const near: NearDuplicate[] = [];
  for (const entry of entries) {
    const isOfName = nameOfId(entry.id) === id;
    if (isOfName ? entry.layer !== 'universal' : rules.size === 0 && !candidates.has(entry.id)) continue;
    const { document } = await library.read(entry);
    const relevance = Math.round(likeness(words, wordsOf(document)) * 100) / 100;
    if (isOfName) hidden.push({ id: shippedId(id), relevance, isHidden: true });
    else if (document.status === 'active' && rulesOf(document).some((rule) => rules.has(rule)))
      sameRule.push({ id: entry.id, relevance });
    else if (relevance >= nearFrom && candidates.has(entry.id)) near.push({ id: entry.id, relevance });
  }
  const others = [sameRule, near].flatMap((found) => found.toSorted((a, b) => b.relevance - a.relevance));
  return [...hidden, ...others.slice(0, mostNamed)];
}

/** Shipped rules that a standard uses, in whatever language. */
function rulesOf({ checks }: Pick<StandardDocument, 'checks'>): string[] {
  return checks.flatMap((check) => ('uses' in check ? [familyOfRule(check.uses)] : []));
}

/** How often each word of four letters and more occurs below the headings; the title counts twice. */
function wordsOf({ title, lead, sections }: Compared): ReadonlyMap<string, number> {
  const text = [title, title, lead, ...sections.map((section) => section.text)].join(' ').toLowerCase();
  const counts = new Map<string, number>();
  for (const word of text.match(/\p{L}{4,}/gu) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** Cosine over the square roots of counts, so that one frequent word decides nothing. */
function likeness(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number {
  let shared = 0;
  for (const [word, count] of one) shared += Math.sqrt(count * (other.get(word) ?? 0));
  const size = (counts: ReadonlyMap<string, number>) =>
    counts.values().reduce((sum, count) => sum + count, 0);
  const product = size(one) * size(other);
  return product === 0 ? 0 : shared / Math.sqrt(product);
}
