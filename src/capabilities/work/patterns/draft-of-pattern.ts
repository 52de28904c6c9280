import type { RuleDescription } from '../../analyzers/index.ts';
import type { DraftedStandard } from '../standards/draft.ts';
import { errorResponsesDraft, errorResponsesFamily } from './error-responses-draft.ts';
import { globsOf, mostlyIn } from './places-in-words.ts';
import type { FlaggedPlace, RepeatedPattern } from './repeated-pattern.ts';

/** Places that a standard names as those it was derived from. */
const maxEvidence = 10;
const maxExamples = 2;
const maxQuoted = 3;
/** A case longer than this is no example. */
const longestExample = 700;

/** A standard drafted from a pattern and the rule that found it: what a person would otherwise copy together. */
export function draftOfPattern(pattern: RepeatedPattern, rule: RuleDescription): DraftedStandard {
  const { family, places } = pattern;
  const [trade = '', name = ''] = family.split('/');
  const languages = new Set(places.map((place) => place.rule.split('/')[1]));
  const ofLanguages = rule.examples.filter(({ language }) => languages.has(language));
  const about: DraftedStandard = {
    topic: name,
    title: rule.title,
    lead: rule.remedy,
    context: [
      rule.why,
      `When this was proposed, ${places.length} places departed from it, ${mostlyIn(places)}.`,
    ].join('\n\n'),
    pattern: [
      `1. ${rule.remedy}`,
      '2. Do the same in new code, also where the code around it does not yet.',
      `3. Where a place is right as it is, say so in a comment on the line before: \`troupe-ignore ${name}: the reason\`.`,
    ].join('\n'),
    examples: examplesOf(ofLanguages, 'clean') || noExample(places),
    anti_patterns: [examplesOf(ofLanguages, 'fires'), quoted(places)]
      .filter((part) => part !== '')
      .join('\n\n'),
    when_to_revisit: [
      '- More places are excused than mended: the rule is too wide, or wrong here.',
      '- The language, or a library this project uses, makes the right way the only one.',
    ].join('\n'),
    sources: rule.reference === undefined ? undefined : `- ${rule.reference}`,
    tags: tagsOf(trade, name),
    applies_to: globsOf(places.map(({ file }) => file)),
    questions: [`What is the rule here for: ${lowerFirst(rule.title)}?`],
    evidence: places.slice(0, maxEvidence).map(({ file, line, quote }) => ({ file, line, quote })),
    check: [{ uses: family }],
  };
  return family === errorResponsesFamily ? errorResponsesDraft(about, places) : about;
}

function examplesOf(examples: RuleDescription['examples'], of: 'fires' | 'clean'): string {
  return examples
    .flatMap((example) =>
      example[of]
        .filter((code) => code.length <= longestExample)
        .slice(0, maxExamples)
        .map((code) => fenced(code, example.language)),
    )
    .slice(0, maxExamples)
    .join('\n\n');
}

const noExample = (places: readonly FlaggedPlace[]) =>
  `Mend one of the places below first, such as \`${places[0]!.file}:${places[0]!.line}\`, and put it here as the example of this project.`;

function quoted(places: readonly FlaggedPlace[]): string {
  const shown = places.filter(({ quote }) => quote !== '').slice(0, maxQuoted);
  if (shown.length === 0)
    return `In this project: ${places.map(({ file, line }) => `\`${file}:${line}\``).join(', ')}.`;
  const lines = shown.map(
    ({ file, line, quote }) => `- \`${file}:${line}\`: ${inline(quote.split('\n')[0]!)}`,
  );
  return ['In this project:', '', ...lines].join('\n');
}

/** Code in a line of text, whatever it holds. */
function inline(code: string): string {
  const longest = Math.max(0, ...[...code.matchAll(/`+/g)].map((run) => run[0].length));
  const marks = '`'.repeat(longest + 1);
  return longest === 0 ? `${marks}${code}${marks}` : `${marks} ${code} ${marks}`;
}

function fenced(code: string, language: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${code.trimEnd()}\n${fence}`;
}

function tagsOf(trade: string, name: string): string[] {
  const words = name.split('-').filter((word) => word.length > 3);
  return [...new Set([trade, ...words])].slice(0, 6);
}

const lowerFirst = (text: string) =>
  /^[A-Z][a-z]/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text;
