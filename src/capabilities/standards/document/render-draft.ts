import { yamlString } from './yaml-string.ts';
import { requiredSections, type StandardCheckRule, type StandardEvidence } from './standard.ts';
import { assertStandardName } from './standard-name.ts';

/** What a draft holds; sections by their heading, missing ones are left out. */
export interface StandardDraft {
  domain: string;
  topic: string;
  title: string;
  /** The rule in one or two sentences. */
  lead: string;
  /** Markdown of each section, by heading. Required ones come first, in their order; others follow as given. */
  sections: Readonly<Record<string, string>>;
  createdBy: string;
  /** ISO 8601; also the first `last_updated`. */
  createdAt: string;
  tags?: readonly string[];
  appliesTo?: readonly string[];
  questions?: readonly string[];
  checks?: readonly StandardCheckRule[];
  evidence?: readonly StandardEvidence[];
}

/**
 * A standard's whole text from its parts; parsing it gives the same parts. Line ends are `\n`.
 * Errors: `standards.bad_name`.
 */
export function renderDraft(draft: StandardDraft): string {
  assertStandardName(draft.domain, draft.topic);
  const headings = new Set<string>([...requiredSections, ...Object.keys(draft.sections)]);
  const sections = [...headings]
    .filter((heading) => draft.sections[heading] !== undefined)
    .map((heading) => `## ${heading}\n\n${tidy(draft.sections[heading]!)}`);
  return `${renderFrontMatter(draft)}\n${[`# ${oneLine(draft.title)}`, tidy(draft.lead), ...sections]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

/** The front matter with its `---` lines and a line end. Errors: none; names are the caller's to check. */
export function renderFrontMatter(draft: Omit<StandardDraft, 'title' | 'lead' | 'sections'>): string {
  const lines = [
    `domain: ${yamlString(draft.domain)}`,
    `topic: ${yamlString(draft.topic)}`,
    `created_by: ${yamlString(draft.createdBy)}`,
    `created_at: ${yamlMoment(draft.createdAt)}`,
    `last_updated: ${yamlMoment(draft.createdAt)}`,
    ...listOf('tags', draft.tags),
    ...listOf('applies_to', draft.appliesTo),
    ...blockOf('questions', draft.questions?.map(yamlString)),
    ...blockOf('check', draft.checks?.map(flowOf)),
    ...blockOf('evidence', draft.evidence?.map(flowOf)),
  ];
  return `---\n${lines.join('\n')}\n---\n`;
}

const listOf = (key: string, values: readonly string[] = []) =>
  values.length === 0 ? [] : [`${key}: [${values.map(flowString).join(', ')}]`];

const blockOf = (key: string, items: readonly string[] = []) =>
  items.length === 0 ? [] : [`${key}:`, ...items.map((item) => `  - ${item}`)];

/** Data as one line of YAML. */
function flowOf(value: unknown): string {
  if (typeof value === 'string') return flowString(value);
  if (Array.isArray(value)) return `[${value.map(flowOf).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{ ${entries.map(([key, item]) => `${flowString(key)}: ${flowOf(item)}`).join(', ')} }`;
}

const flowString = (text: string) => yamlString(text);

/** An ISO date needs no quotes, and reads better without. */
const yamlMoment = (moment: string) =>
  /^\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?$/.test(moment) ? moment : yamlString(moment);

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
const tidy = (text: string) => text.replaceAll(/\r\n?/g, '\n').trim();
