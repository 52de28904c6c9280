import { renderDraft } from './render-draft.ts';
import { wordsOfName } from './standard-name.ts';

const sections = {
  Context: 'What goes wrong without the rule, and where it holds. Two to five sentences.',
  Pattern: '1. What to do, as steps or points that somebody can follow and a reviewer can check.',
  Examples: '```text\nThe smallest piece of real code or text that does it right.\n```',
  'Anti-patterns': '- What it looks like when it is done wrong, and why that hurts.',
  'When to revisit': 'What would have to change for this rule to be wrong.',
} as const;

const lead = 'The rule itself in one or two plain sentences; it must stand alone.';
const question = 'The question that this standard answers, as people ask it?';

/** What the template says in place of a standard's own words, line by line. */
export const templateWords: readonly string[] = [lead, question, ...Object.values(sections)]
  .flatMap((text) => text.split('\n'))
  .map((line) => line.replace(/^(?:- |1\. )/, ''))
  .filter((line) => !line.startsWith('```'));

/** The template of a standard, ready to be filled in. Errors: `standards.bad_name`. */
export function renderTemplate(given: {
  domain: string;
  topic: string;
  /** The topic in words when left out. */
  title: string | undefined;
  /** ISO 8601. */
  createdAt: string;
}): string {
  const { domain, topic, title = wordsOfName(topic), createdAt } = given;
  return renderDraft({
    domain,
    topic,
    title,
    lead,
    sections,
    createdBy: 'your-name',
    createdAt,
    tags: [domain],
    appliesTo: ['**/*'],
    questions: [question],
  });
}
