import { isAppError } from '../../../kernel/index.ts';
import { approvalKeys } from './approvable-text.ts';
import { conflictProblems } from './conflict-marks.ts';
import { parseStandard, type StandardPlace } from './parse-standard.ts';
import { templateWords } from './template.ts';
import { requiredSections, type StandardDocument, type StandardProblem } from './standard.ts';

/**
 * Everything that keeps a text from becoming a standard (`error`) or makes it a worse one (`warning`), in order of
 * lines. Never throws for what a text may hold. Secrets are not its business.
 */
export async function checkDraft(text: string, place: StandardPlace): Promise<StandardProblem[]> {
  let document: StandardDocument;
  try {
    document = await parseStandard(text, place);
  } catch (error) {
    if (!isAppError(error, 'standards.bad_front_matter')) throw error;
    const { line, reason } = error.details as { line: number; reason: string };
    return [{ line, message: reason, severity: 'error' }];
  }
  const claims = approvalKeys.filter((key) => Object.hasOwn(document.frontMatter, key));
  const problems = [
    ...document.problems,
    ...sectionProblems(document),
    ...conflictProblems(document),
    ...unfilled(text),
  ];
  if (claims.length > 0) {
    const message = `${claims.join(', ')} ${claims.length === 1 ? 'is' : 'are'} written by approval only; leave out`;
    problems.push({ line: 1, severity: 'warning', message });
  }
  return problems.toSorted((a, b) => a.line - b.line);
}

/** Lines that are still the template's. */
function unfilled(text: string): StandardProblem[] {
  return text.split(/\r?\n/).flatMap((line, index): StandardProblem[] => {
    const found = templateWords.find((words) => line.includes(words));
    const message = `"${found}" is the template's; write your own words in its place`;
    return found === undefined ? [] : [{ line: index + 1, severity: 'error', message }];
  });
}

/** What a standard lacks of title, lead and sections. */
export function sectionProblems({ sections, lead, bodyLine }: StandardDocument): StandardProblem[] {
  const problems: StandardProblem[] = [];
  const title = sections.find(({ level, heading }) => level === 1 && heading !== '');
  const report = (line: number, message: string) => problems.push({ line, severity: 'error', message });
  if (title === undefined) report(bodyLine, 'there is no title: begin with a line "# …"');
  if (lead === '') {
    report(title?.line ?? bodyLine, 'there is no rule: say it in one or two sentences below the title');
  }
  for (const wanted of requiredSections) {
    const index = sections.findIndex(({ level, heading }) => level === 2 && sameHeading(heading, wanted));
    if (index === -1) report(bodyLine, `the section "## ${wanted}" is missing`);
    else if (isEmpty(sections, index)) report(sections[index]!.line, `the section "${wanted}" is empty`);
  }
  return problems;
}

/** Whether neither the section nor one below it holds text. */
function isEmpty(sections: StandardDocument['sections'], index: number): boolean {
  const { level } = sections[index]!;
  const end = sections.findIndex((section, at) => at > index && section.level <= level);
  return sections.slice(index, end === -1 ? undefined : end).every(({ text }) => text === '');
}

const plainly = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, ' ')
    .trim();
const sameHeading = (heading: string, wanted: string) => plainly(heading) === plainly(wanted);
