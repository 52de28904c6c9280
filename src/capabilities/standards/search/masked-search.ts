import { hash } from 'node:crypto';
import { mayHoldSecret } from '../../analyzers/contract/index.ts';
import type { SearchAnswer, StandardHit, StandardsSearch } from './standards-search.ts';

/** Masks secrets in a text; what is masked already stays. */
type Redact = (text: string) => Promise<{ text: string; redacted: number }>;

/** Texts that were scanned lately; an entry is a hash and, of a text with a secret, the text as it is shown. */
const maxRemembered = 2_000;

/**
 * The search, with secrets masked that somebody wrote into a standard: whoever asks, a model reads the answer. A text that
 * cannot hold one costs microseconds; any other is scanned once and remembered by its hash.
 */
export function maskedSearch(search: StandardsSearch, redact: Redact): StandardsSearch {
  const shown = new Map<string, string | null>();

  async function masked(text: string): Promise<string> {
    if (!mayHoldSecret(text)) return text;
    const key = hash('sha256', text, 'base64');
    const known = shown.get(key);
    if (known !== undefined) return known ?? text;
    const clean = await redact(text);
    shown.set(key, clean.redacted === 0 ? null : clean.text);
    if (shown.size > maxRemembered) shown.delete(shown.keys().next().value!);
    return clean.text;
  }

  async function maskedHit(hit: StandardHit): Promise<StandardHit> {
    const [content, section, citation] = await Promise.all(
      [hit.content, hit.section, hit.citation].map(masked),
    );
    return { ...hit, content: content!, section: section!, citation: citation! };
  }

  return {
    async search(query, options): Promise<SearchAnswer> {
      const answer = await search.search(query, options);
      return { ...answer, results: await Promise.all(answer.results.map(maskedHit)) };
    },
  };
}
