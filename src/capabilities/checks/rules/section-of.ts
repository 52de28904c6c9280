import type { StandardDocument, StandardSection } from '../../standards/index.ts';

/** Where a rule is said, the likeliest first; other sections give reasons and examples. */
const likeliest = ['Pattern', 'Anti-patterns'];

/**
 * The section of a standard that says what a rule checks: the one that shares most words with what the rule says of
 * itself, `Pattern` where several do or none does.
 */
export function sectionOf(
  { sections, title }: Pick<StandardDocument, 'sections' | 'title'>,
  rule: { id: string; message: string; quote: string },
): { heading: string; line: number } {
  const words = wordsOf(`${rule.id.split('/').at(-1)!} ${rule.message} ${rule.quote}`);
  const below = (heading: string) => sections.find((section) => plainly(section) === heading.toLowerCase());
  const candidates = likeliest.flatMap((heading) => below(heading) ?? []);
  let best: StandardSection | undefined = candidates[0];
  let most = 0;
  for (const section of candidates) {
    const own = wordsOf(section.text);
    const shared = [...words].filter((word) => own.has(word)).length;
    if (shared > most) [best, most] = [section, shared];
  }
  const found = best ?? sections.find(({ level }) => level === 1) ?? sections[0];
  return {
    heading: found?.heading === undefined || found.heading === '' ? title : found.heading,
    line: found?.line ?? 1,
  };
}

const plainly = ({ heading }: StandardSection) => heading.trim().toLowerCase();

const small = new Set(['the', 'and', 'not', 'for', 'that', 'with', 'from', 'const', 'return', 'are', 'this']);

/** Words of three letters and more, without the endings of plural and tense. */
function wordsOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/[a-z]{3,}/g) ?? [];
  return new Set(
    words.filter((word) => !small.has(word)).map((word) => word.replace(/(?:ing|ed|es|s)$/, '')),
  );
}
