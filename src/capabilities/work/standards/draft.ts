import type { StandardCheckRule } from '../../standards/index.ts';

/** A standard in its parts, each Markdown below its heading. */
export interface StandardDraftParts {
  title: string;
  lead: string;
  context: string;
  pattern: string;
  examples: string;
  anti_patterns: string;
  when_to_revisit: string;
  /** Public sources of the facts. */
  sources?: string | undefined;
}

/** What a persona hands in as a standard: input of `propose_standard`. */
export interface DraftedStandard extends StandardDraftParts {
  domain?: string | undefined;
  topic: string;
  tags: readonly string[];
  applies_to: readonly string[];
  questions: readonly string[];
  evidence: readonly { file: string; line: number; quote: string }[];
  check: readonly StandardCheckRule[];
}

/** Headings by part, in the order of the template. */
export const partHeadings = {
  context: 'Context',
  pattern: 'Pattern',
  examples: 'Examples',
  anti_patterns: 'Anti-patterns',
  when_to_revisit: 'When to revisit',
  sources: 'Sources',
} as const satisfies Partial<Record<keyof StandardDraftParts, string>>;

/** The Markdown of a standard, without front matter. */
export function draftText(draft: StandardDraftParts): string {
  const sections = Object.entries(partHeadings).flatMap(([part, heading]) => {
    const text = draft[part as keyof typeof partHeadings]?.trim() ?? '';
    return text === '' ? [] : [`## ${heading}\n\n${text}`];
  });
  const title = draft.title
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^#+\s*/, '');
  return `${[`# ${title}`, draft.lead.trim(), ...sections].join('\n\n')}\n`;
}
