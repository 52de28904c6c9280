import type { RuleDescription, RuleExamples } from '../../analyzers/index.ts';
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
  const examples = examplesFor(places, rule);
  // Rules of one family say it in the words of each language.
  const { title, why, remedy, reference } = examples[0] ?? rule;
  const about: DraftedStandard = {
    topic: name,
    // Whoever reads only the heading must not take the fault for the rule.
    title: `Avoid: ${lowerFirst(title)}`,
    lead: remedy,
    context: [
      why,
      `When this was proposed, ${places.length} places departed from it, ${mostlyIn(places)}.`,
    ].join('\n\n'),
    pattern: [
      `1. ${remedy}`,
      '2. Do the same in new code, also where the code around it does not yet.',
      `3. Where a place is right as it is, say so in a comment on the line before: \`troupe-ignore ${name}: the reason\`.`,
    ].join('\n'),
    examples: codeOf(examples, ({ model }) => [model]) || noExample(places),
    anti_patterns: [codeOf(examples, ({ fires }) => fires), quoted(places)]
      .filter((part) => part !== '')
      .join('\n\n'),
    when_to_revisit: [
      '- More places are excused than fixed: the rule is too wide, or wrong here.',
      '- The language, or a library this project uses, makes the right way the only one.',
    ].join('\n'),
    sources: reference === undefined ? undefined : `- ${reference}`,
    tags: tagsOf(trade, name),
    applies_to: globsOf(places.map(({ file }) => file)),
    questions: [`What do we do here instead of this: ${lowerFirst(title)}?`],
    evidence: places.slice(0, maxEvidence).map(({ file, line, quote }) => ({ file, line, quote })),
    check: [{ uses: family }],
  };
  return family === errorResponsesFamily ? errorResponsesDraft(about, places) : about;
}

/** Examples in the languages of the places, the one that most of them are in first. */
function examplesFor(places: readonly FlaggedPlace[], { examples }: RuleDescription): RuleExamples[] {
  const counts = new Map<string, number>();
  for (const { rule } of places) {
    const language = rule.split('/')[1] ?? '';
    counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  return examples
    .filter(({ language }) => counts.has(language))
    .toSorted((a, b) => counts.get(b.language)! - counts.get(a.language)!);
}

function codeOf(examples: readonly RuleExamples[], of: (example: RuleExamples) => readonly string[]): string {
  return examples
    .flatMap((example) =>
      of(example)
        .filter((code) => code.length <= longestExample)
        .slice(0, maxExamples)
        .map((code) => fenced(code, example.language)),
    )
    .slice(0, maxExamples)
    .join('\n\n');
}

const noExample = (places: readonly FlaggedPlace[]) =>
  `Fix one of the places below first, such as \`${places[0]!.file}:${places[0]!.line}\`, and put it here as the example of this project.`;

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

/** Words that tell nothing about the subject. */
const stopWords = new Set(
  'a all always an and any as at below by every for from in inside into is it kept late left many more never no none not of off on only or out over per than that the to too very whole with without'.split(
    ' ',
  ),
);

/** The trade and the words of the rule's name that say something: `sql`, `jwt` and `url` as well as long ones. */
function tagsOf(trade: string, name: string): string[] {
  const words = name.split('-').filter((word) => word.length > 1 && !stopWords.has(word));
  return [...new Set([trade, ...words])].slice(0, 6);
}

/** For the middle of a sentence; abbreviations and the names of languages keep their capitals. */
const lowerFirst = (text: string) =>
  /^(?!Python\b|Java\b|Go\b)[A-Z][a-z ]/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text;
