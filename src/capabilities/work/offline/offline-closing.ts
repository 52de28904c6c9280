import type { Evidence, Trade } from '../../analyzers/index.ts';
import type { Scope } from '../scope/scope-of-task.ts';
import { inWords } from '../scope/scope-of-task.ts';

/** The parts of the analyzers' answer that the closing text speaks of. */
export interface AnalyzerAnswer {
  results: Evidence[];
  results_left_out: number;
  files_analyzed: number;
  not_covered: { family: string; extension: string; files: number }[];
  rules_applied: { trade: string; family: string; rules: number }[];
  looked_at: string[];
}

const howToAddModel = '`troupe doctor` shows how to add a language model.';

/** The answer to a task that rules cannot answer. */
export function cannotAnswer(persona: string, reason: 'question' | 'no-rules', scope: Scope): string {
  const why =
    reason === 'question'
      ? 'The task asks for an answer or a text. That takes a language model; the offline reviewer only runs rules over code.'
      : `There are no rules for what ${persona} looks at; judging it takes a language model.`;
  const instead =
    reason === 'question'
      ? `What works offline: \`@${persona} review ${scope.paths.length === 0 ? 'src' : scope.paths.join(' ')}\`.`
      : 'What works offline: the personas architect, engineer, data, qa, security and sre.';
  return `${why}\n\nNothing was reviewed. ${instead} ${howToAddModel}`;
}

/** The answer when the checks themselves were refused. */
export function cannotRun(reason: string): string {
  return `The checks could not run: ${reason}\n\nNothing was reviewed. ${howToAddModel}`;
}

/** How many places of one pattern make it worth a standard. */
const standardFrom = 3;

/** The offline reviewer's closing text: what was run, what was in order, what it cannot see. */
export function closingText(answer: AnalyzerAnswer, trades: readonly Trade[]): string {
  const found = answer.results.length;
  const rules = answer.rules_applied.reduce((sum, applied) => sum + applied.rules, 0);
  const parts: string[] = [];
  if (answer.files_analyzed === 0) {
    parts.push('No file in scope has rules: nothing was judged.');
  } else {
    const outcome = found === 0 ? 'None of them found anything' : `They found ${found} places`;
    parts.push(
      `${rules} rules of the packs ${inWords([...trades])} ran over ${answer.files_analyzed} files. ${outcome}. ` +
        'Rules see known patterns in single places; design, intent and business logic were not judged.',
    );
  }
  if (answer.results_left_out > 0) {
    parts.push(
      `**Not shown:** ${answer.results_left_out} more results, none worse than those below. Name single folders to see them.`,
    );
  }
  if (answer.looked_at.length > 0) parts.push(inOrder(answer.looked_at));
  if (answer.not_covered.length > 0) {
    const kinds = answer.not_covered.map((kind) => `${kind.files} ${kind.extension}`);
    parts.push(`**No rules for:** ${inWords(kinds)} files.`);
  }
  const pattern = repeatedPattern(answer.results);
  if (pattern !== undefined) parts.push(pattern);
  return parts.join('\n\n');
}

/** Checks named one by one; a longer list is not read by anyone. */
const maxNamedChecks = 8;

function inOrder(lookedAt: readonly string[]): string {
  const named = lookedAt.slice(0, maxNamedChecks);
  const more = lookedAt.length - named.length;
  return `**Looked at and found in order:** ${named.join(', ')}${more === 0 ? '' : ` and ${more} more checks`}.`;
}

function repeatedPattern(results: AnalyzerAnswer['results']): string | undefined {
  const byRule = Map.groupBy(results, (result) => result.rule);
  const [rule, places] = [...byRule].sort((a, b) => b[1].length - a[1].length)[0] ?? [];
  if (rule === undefined || places === undefined || places.length < standardFrom) return undefined;
  const where = places.slice(0, 3).map((place) => `${place.file}:${place.line}`);
  const more = places.length > where.length ? ` and ${places.length - where.length} more` : '';
  return `**A pattern worth a standard:** ${places[0]!.title}, at ${places.length} places (${where.join(', ')}${more}).`;
}
