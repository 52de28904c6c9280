import { counted } from '../../../kernel/index.ts';
import type { Evidence, Trade } from '../../analyzers/index.ts';
import { inWords } from '../scope/scope-of-task.ts';
import type { OfflineTask } from './offline-task.ts';

/** The parts of the analyzers' answer that the closing text speaks of. */
export interface AnalyzerAnswer {
  results: Evidence[];
  results_left_out: number;
  files_analyzed: number;
  files_only_scanned: number;
  read_in_part: { file: string; line: number }[];
  not_covered: { family: string; extension: string; files: number }[];
  without_pack: { kind: string; files: number }[];
  rules_applied: { trade: string; family: string; rules: number }[];
  looked_at: string[];
}

/** The answer to a question, which rules cannot answer. Why no model answers, the review's first line says. */
export function cannotAnswer({ persona, material }: Pick<OfflineTask, 'persona' | 'material'>): string {
  const paths = material.isInProject ? material.scope.paths : [];
  return [
    'The task asks for an answer or a text. That takes a language model; the offline reviewer only runs rules over code.',
    `Nothing was reviewed. What works offline: \`@${[persona, 'review', ...paths].join(' ')}\`.`,
  ].join('\n\n');
}

/** The answer for a persona that no rules stand for. */
export async function hasNoRules(
  task: Pick<OfflineTask, 'persona' | 'withoutChecks' | 'personasWithRules' | 'notJudged'>,
): Promise<string> {
  const { persona, withoutChecks, notJudged } = task;
  const others = await task.personasWithRules();
  const instead = others.length === 0 ? '' : ` What works offline: the personas ${inWords([...others])}.`;
  const why =
    withoutChecks === undefined
      ? [`There are no rules for what ${persona} looks at; judging it takes a language model.`]
      : [
          `\`${withoutChecks.path}\` replaces the persona ${persona} that has rules, and names no checks itself: nothing of the replaced one is taken over. Judging without rules takes a language model.`,
          `To run the same rules, add this to its front matter (\`checks\` under a \`persona:\` that is there already):\n\n\`\`\`yaml\npersona:\n  checks: [${withoutChecks.checks.join(', ')}]\n\`\`\``,
        ];
  const parts = [...why, `Nothing was reviewed.${instead}`];
  if (notJudged !== undefined) parts.push(notJudgedPart(notJudged));
  return parts.join('\n\n');
}

const notJudgedPart = (notJudged: string) => `**Not judged:** ${notJudged}`;

/** The answer where the scope holds nothing that rules could run over. */
export function nothingToJudge({ nothing, notJudged }: OfflineTask['material']): string {
  const why = [
    ...(nothing === undefined || nothing === '' ? [] : [nothing]),
    ...(notJudged === undefined ? [] : [notJudgedPart(notJudged)]),
  ];
  return [...why, 'Nothing was judged.'].join('\n\n');
}

/** The answer when the checks themselves were refused. */
export function cannotRun(reason: string): string {
  return `The checks could not run: ${reason}\n\nNothing was reviewed.`;
}

/**
 * The offline reviewer's closing text: what was run, what it found nothing of, what it cannot see, and what is worth a
 * standard but was not proposed.
 */
export function closingText(
  answer: AnalyzerAnswer,
  {
    trades,
    material,
    contextUnread,
    notJudged,
  }: Pick<OfflineTask, 'trades' | 'material' | 'contextUnread' | 'notJudged'>,
  worthStandard: string | undefined,
): string {
  const parts = [answer.files_analyzed > 0 ? whatRan(answer, trades) : withoutPack(answer, material)];
  if (material.linesAre !== undefined) parts.push(`Only results on lines ${material.linesAre} are reported.`);
  if (contextUnread) parts.push('**The context was not read:** reading text takes a language model.');
  if (answer.results_left_out > 0) {
    parts.push(
      `**Not shown:** ${counted(answer.results_left_out, 'more result')}, none worse than those below. Name single folders to see them.`,
    );
  }
  if (answer.looked_at.length > 0) parts.push(withoutResult(answer.looked_at));
  if (answer.not_covered.length > 0) {
    const kinds = answer.not_covered.map((kind) => counted(kind.files, `${kind.extension} file`));
    parts.push(`**No rules for:** ${inWords(kinds)}.`);
  }
  if (answer.files_analyzed > 0) parts.push(...besides(answer));
  for (const part of [material.notJudged, material.unread, notJudged])
    if (part !== undefined) parts.push(notJudgedPart(part));
  if (worthStandard !== undefined) parts.push(worthStandard);
  return parts.join('\n\n');
}

/** What is said of a scope where no rule pack reads a file. */
function withoutPack(
  { files_only_scanned: filesScanned }: AnalyzerAnswer,
  { listing }: OfflineTask['material'],
): string {
  if (listing.files.length === 0) return 'There is no file to look at: nothing was judged.';
  if (filesScanned === 0) return 'No file in scope has rules: nothing was judged.';
  return `No rule pack is for the files in scope. The scan for secrets and the checks of manifests ran over ${counted(filesScanned, 'file')} and found nothing; nothing else was judged.`;
}

/** Files beside those that rules ran over: texts, data, settings. */
function besides({
  without_pack: kinds,
  not_covered: code,
  files_only_scanned: scanned,
}: AnalyzerAnswer): string[] {
  const others = kinds.filter(({ kind }) => code.every(({ extension }) => extension !== kind));
  if (others.length === 0) return [];
  const total = others.reduce((sum, { files }) => sum + files, 0);
  const named = inWords(others.slice(0, maxKinds).map(({ kind, files }) => `${files} ${kind}`));
  const more = others.length > maxKinds ? ', and others' : '';
  const rules = scanned > 0 ? 'no rules beyond the scan for secrets and the checks of manifests' : 'no rules';
  return [`For ${counted(total, 'other file')} in scope (${named}${more}) there are ${rules}.`];
}

/** Kinds of files named one by one. */
const maxKinds = 6;

function whatRan(answer: AnalyzerAnswer, trades: readonly Trade[]): string {
  const rules = answer.rules_applied.reduce((sum, applied) => sum + applied.rules, 0);
  const found = answer.results.length;
  const outcome = found === 0 ? 'They found nothing' : `They found ${counted(found, 'place')}`;
  const unread = answer.read_in_part.length;
  const inPart = unread === 0 ? '' : `, ${unread} of them read in part (see the notes)`;
  const packs = `${trades.length === 1 ? 'pack' : 'packs'} ${inWords([...trades])}`;
  return (
    `${counted(rules, 'rule')} of the ${packs} ran over ${counted(answer.files_analyzed, 'file')}${inPart}. ${outcome}. ` +
    'Rules see known patterns in single places; design, intent and business logic were not judged.'
  );
}

/** Checks named one by one; a longer list is not read by anyone. */
const maxNamedChecks = 8;

function withoutResult(lookedAt: readonly string[]): string {
  const named = lookedAt.slice(0, maxNamedChecks);
  const more = lookedAt.length - named.length;
  return `**Rules ran without a result for:** ${named.join(', ')}${more === 0 ? '' : ` and ${more} more`}.`;
}
