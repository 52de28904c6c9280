import type { FrontMatter } from '../../../platform/front-matter/index.ts';
import { standardErrors } from '../errors.ts';
import { approvalKeys, hashOfStandard, isApprovalLine } from './approvable-text.ts';
import { splitText, type SplitText } from './split-text.ts';
import { wordsOfName } from './standard-name.ts';
import { sectionsOf } from './sections.ts';
import type { StandardDocument, StandardProblem, StandardSection } from './standard.ts';

/** Which standard a text is, and how its file is called in errors. */
export interface StandardPlace {
  domain: string;
  topic: string;
  /** Default `{domain}/{topic}.md`. */
  file?: string;
}

/**
 * Reads a standard's text. The folder and the file's name decide what it is called; whatever else is wrong in it
 * comes as `problems`, and the rest is used. Loads the YAML parser at the first front matter.
 * Errors: `standards.bad_front_matter` when the lines between the `---` are no YAML, or no keys and values.
 */
export async function parseStandard(text: string, place: StandardPlace): Promise<StandardDocument> {
  const split = splitText(text);
  const file = place.file ?? `${place.domain}/${place.topic}.md`;
  const { frontMatter, values, unknownKeys, problems } = await readFrontMatter(split, file);
  const sections = sectionsOf(split.body, split.bodyLine);
  const title = sections.find(({ level }) => level === 1);
  for (const key of ['domain', 'topic'] as const) {
    if (values[key] === undefined || values[key] === place[key]) continue;
    const message = `"${key}" is ${values[key]}, but the file is ${place.domain}/${place.topic}.md; correct one of them`;
    problems.push({ line: frontMatter.placeOf([key]).line, severity: 'error', message, key });
  }
  return {
    domain: place.domain,
    topic: place.topic,
    title: title === undefined || title.heading === '' ? wordsOfName(place.topic) : title.heading,
    lead: leadOf(sections, title),
    createdBy: values.created_by ?? null,
    approvedBy: values.approved_by ?? null,
    createdAt: values.created_at ?? null,
    lastUpdated: values.last_updated ?? null,
    approvedHash: values.approved_hash ?? null,
    tags: values.tags ?? [],
    appliesTo: values.applies_to ?? [],
    questions: values.questions ?? [],
    checks: (values.check ?? []) as StandardDocument['checks'],
    evidence: (values.evidence ?? []) as StandardDocument['evidence'],
    status: values.status ?? 'active',
    retiredBecause: values.retired_because ?? null,
    replacedBy: values.replaced_by ?? null,
    declaredLayer: values.layer ?? null,
    sections,
    body: split.body.join('\n'),
    bodyLine: split.bodyLine,
    contentHash: hashOfStandard(text),
    frontMatter: frontMatter.data,
    unknownKeys,
    keyLines: keyLinesOf(frontMatter),
    problems,
  };
}

async function readFrontMatter({ yaml, unclosed }: SplitText, file: string) {
  const problems: StandardProblem[] = [];
  if (yaml === undefined) {
    const message = unclosed
      ? 'the front matter that begins here is never closed with a line "---"'
      : 'there is no front matter: the first line should be "---", then keys such as "tags:", then "---"';
    problems.push({ line: 1, severity: unclosed ? 'error' : 'warning', message });
    return {
      frontMatter: { data: {}, placeOf: () => ({ line: 1, column: 1 }) },
      values: {},
      unknownKeys: [],
      problems,
    };
  }
  const [{ readFrontMatterLines }, { readFrontMatterValues }] = await Promise.all([
    import('./front-matter.ts'),
    import('./front-matter-values.ts'),
  ]);
  const frontMatter = readFrontMatterLines(yaml, 2);
  if ('reason' in frontMatter)
    throw standardErrors.make('standards.bad_front_matter', { file, ...frontMatter });
  const read = readFrontMatterValues(frontMatter.data);
  for (const { path, message } of read.problems) {
    problems.push({ line: frontMatter.placeOf(path).line, severity: 'error', message, key: String(path[0]) });
  }
  for (const key of approvalKeys) {
    if (!Object.hasOwn(frontMatter.data, key)) continue;
    const line = frontMatter.placeOf([key]).line;
    if (isApprovalLine(yaml, line - 2)) continue;
    problems.push({ line, severity: 'error', message: `"${key}" must be one plain value on its line`, key });
  }
  return { frontMatter, problems, values: read.values, unknownKeys: read.unknownKeys };
}

/** Where each key stands, and each check and glob. */
function keyLinesOf({ data, placeOf }: FrontMatter): Record<string, number> {
  const lines = Object.keys(data).map((key) => [key, placeOf([key]).line] as const);
  const itemLines = ['check', 'applies_to'].flatMap((key) => {
    const items: unknown[] = Array.isArray(data[key]) ? data[key] : [];
    return items.map((_item, index) => [`${key}.${index}`, placeOf([key, index]).line] as const);
  });
  return Object.fromEntries([...lines, ...itemLines]);
}

/** The first paragraph below the title (or of the text, when it has none), on one line. */
function leadOf(sections: readonly StandardSection[], title: StandardSection | undefined): string {
  const section = title ?? sections.find(({ level }) => level === 0);
  const [paragraph = ''] = section?.text.split(/\n[ \t]*\n/, 1) ?? [];
  // A list, a table or code is no sentence that stands alone.
  return /^(?:[-*+|>] |\d+[.)] |```|~~~|\|)/.test(paragraph) ? '' : paragraph.replaceAll(/\s*\n\s*/g, ' ');
}
