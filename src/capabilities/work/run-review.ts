import type { LanguageModel } from 'ai';
import { counted } from '../../kernel/index.ts';
import type { ProjectFiles } from '../../platform/files/index.ts';
import {
  tradesOf,
  type AnalysisReport,
  type AnalysisRequest,
  type RuleDescription,
} from '../analyzers/index.ts';
import type { Attempt, Job, RunJob } from '../jobs/index.ts';
import { offlineLabel } from '../models/index.ts';
import { unknownChecks, type Persona, type PersonaRegistry } from '../personas/index.ts';
import type { StandardsLibrary, StandardsSearch } from '../standards/index.ts';
import type { OfflineReason } from './contract/index.ts';
import { workErrors } from './errors.ts';
import { gatherInstructions } from './instructions/gather-instructions.ts';
import type { FindingLedger } from './findings/finding-ledger.ts';
import { historyOf, type History } from './loop/history.ts';
import { createStandings } from './loop/standings.ts';
import { runToolLoop } from './loop/tool-loop.ts';
import { offlineDraft } from './offline/offline-draft.ts';
import { offlineModel } from './offline/offline-model.ts';
import type { OfflineTask } from './offline/offline-task.ts';
import { notJudged } from './review/not-judged.ts';
import { renderReview, type ReviewFigures } from './review/render-review.ts';
import { createReviewBuilder } from './review/review-builder.ts';
import { materialOfJob } from './scope/material-of-job.ts';
import type { PersonaProposals } from './standards/persona-proposals.ts';
import { standardsReader } from './standards/standards-in-use.ts';
import { toolsOf } from './tools/work-tools.ts';

/** Limits of one review, the settings `work.*`; lengths in tokens but for `maxToolOutputChars`. */
export interface WorkSettings {
  maxTurns: number;
  maxOutputTokens: number;
  maxInstructionTokens: number;
  maxToolOutputChars: number;
  gitTimeoutMs: number;
  /** Most standards one job may propose. */
  maxProposals: number;
  maxRepeats: number;
}

export interface Spent {
  inputTokens: number;
  outputTokens: number;
  costUsd: number;
}

/** A language model opened for one job. */
export interface OpenedModel {
  model: LanguageModel;
  /** The link of the chain that answered last, in words. */
  label: () => string;
  /** What the job has spent so far, over all attempts, turns and retries. Cost by the price table, in US dollars. */
  spent: () => Spent;
  /** What fell through on the way, for the review's notes. */
  notes: () => readonly string[];
}

/** What a worker needs to run personas. It closes none of it. */
export interface WorkerDeps {
  files: ProjectFiles;
  personas: PersonaRegistry;
  standards: StandardsSearch;
  library: StandardsLibrary;
  proposals: PersonaProposals;
  analyze: (request: AnalysisRequest) => Promise<AnalysisReport>;
  describeRule: (rule: string) => Promise<RuleDescription | undefined>;
  /** Masks secrets, each line for itself, so that lines keep their numbers. What is masked already stays. */
  redact: (text: string) => Promise<{ text: string; redacted: number }>;
  /** Whether this process has a hosted chain. */
  hasModel: boolean;
  /** Opens the hosted chain of this process; called only for jobs that ask for it. */
  openModel: (attempt: Attempt) => Promise<OpenedModel>;
  /** Counts tokens for hosted models; the offline reviewer only estimates. */
  loadTokenCounter: () => Promise<(text: string) => number>;
  settings: WorkSettings;
}

/** Rough: four characters a token. Good enough where no model reads the text. */
const estimateTokens = (text: string) => Math.ceil(text.length / 4);

/** The persona at work: what a worker does with one job. */
export function reviewRunner(deps: WorkerDeps): RunJob {
  const { redact } = deps;
  const readStandards = standardsReader(deps.library);
  return async (attempt) => {
    const standings = createStandings();
    await attempt.report(standings.starting(`loading ${attempt.job.persona}`));
    const persona = await personaFor(attempt.job, deps.personas);
    const offline = attempt.job.chain === '';
    const unknown = await unknownChecks(persona.checks);
    const checks = persona.checks.filter((check) => unknown.every((one) => one.check !== check));
    const unjudged = notJudged(unknown, persona.path);
    const material = await materialOfJob(attempt.job, {
      files: deps.files,
      analyze: deps.analyze,
      redact,
      trades: checks,
      gitTimeoutMs: deps.settings.gitTimeoutMs,
      signal: attempt.signal,
    });
    const { scope, listing } = material;
    const contextBytes = attempt.job.context === null ? 0 : Buffer.byteLength(attempt.job.context);
    const sizeBytes = listing.files.reduce((sum, file) => sum + file.sizeBytes, contextBytes);
    await attempt.report(standings.starting(`scope: ${scope.stated}`), { sizeBytes });

    const countTokens = offline ? estimateTokens : await deps.loadTokenCounter();
    const standardsInUse = readStandards();
    const { proposals, describeRule } = deps;
    const instructions = await gatherInstructions({
      job: attempt.job,
      persona,
      material,
      standards: deps.standards,
      standardsInUse,
      redact,
      countTokens,
      maxTokens: deps.settings.maxInstructionTokens,
    });
    const opened = offline
      ? offlineOpened({
          persona: persona.name,
          withoutChecks:
            persona.checksReplaced.length === 0
              ? undefined
              : { path: persona.path, checks: persona.checksReplaced },
          personasWithRules: () => withRules(deps.personas),
          task: attempt.job.task,
          material,
          notJudged: unjudged,
          trades: tradesOf(checks),
          contextUnread: attempt.job.context !== null && !material.usesContext,
          draft: offlineDraft({
            jobId: attempt.job.id,
            persona,
            standardsInUse,
            proposals,
            describeRule,
            redact,
          }),
        })
      : await deps.openModel(attempt);
    const review = createReviewBuilder({
      job: attempt.job,
      persona,
      material,
      offline: offline ? whyOfflineNow(persona, deps) : undefined,
      instructions,
    });
    // The offline reviewer says it in its closing text.
    if (!offline && unjudged !== undefined) review.note(`Not judged: ${unjudged}`);
    const history = historyOf(await attempt.finishedSteps());
    for (const { tools } of history.turns) for (const record of tools) review.take(record);
    dropEmptyEnd(history, review.ledger);
    if (history.turns.length > 0)
      review.note(`Resumed after ${counted(history.turns.length, 'finished turn')}.`);

    const figures = (): ReviewFigures => ({
      ...opened.spent(),
      durationMs: attempt.workedMs(),
    });
    const { text, cut, withheld } = await runToolLoop({
      attempt,
      history,
      model: opened.model,
      modelLabel: opened.label,
      spent: opened.spent,
      system: instructions.system,
      message: instructions.message,
      tools: toolsOf(persona),
      context: {
        job: {
          id: attempt.job.id,
          persona: persona.name,
          revises: attempt.job.revises,
          domain: persona.standardDirectory,
          proposed: () => review.proposals.length,
        },
        files: material.files,
        scope,
        trades: checks,
        changed: material.changed,
        ledger: review.ledger,
        analyze: material.analyze,
        standards: deps.standards,
        standardsInUse,
        proposals,
        describeRule,
        redact,
        maxProposals: deps.settings.maxProposals,
        signal: attempt.signal,
        maxOutputChars: deps.settings.maxToolOutputChars,
        gitTimeoutMs: deps.settings.gitTimeoutMs,
        progress: () => undefined,
      },
      standings,
      limits: { ...deps.settings, maxTurns: persona.maxTurns ?? deps.settings.maxTurns },
      redact,
      onTool: review.take,
      partialResult: (streamed) => renderReview(review.data(streamed, opened.label()), figures()),
    });
    if (cut)
      review.note(
        `The closing text was cut at ${deps.settings.maxOutputTokens} tokens (work.max_output_tokens).`,
      );
    if (withheld) review.withheld();
    for (const note of opened.notes()) review.note(note);
    const unread = offline || material.unread === undefined ? [] : [`**Not judged:** ${material.unread}`];
    const closing = [...(withheld ? [withheldHere] : []), ...unread];
    const summary = closing.length === 0 ? text : [text.trimEnd(), ...closing].join('\n\n');
    const data = review.data(summary, opened.label());
    if (text.trim() === '' && data.findings.length + data.unplaced.length === 0) {
      throw workErrors.make('work.empty_answer', { model: opened.label(), turns: history.turns.length });
    }
    return { text: renderReview(data, figures()), data: JSON.stringify(data), model: data.model };
  };
}

/** Stands where the text ends, so that nobody takes it for a whole one. */
const withheldHere =
  "**Not judged:** the rest. The provider's filter, or the model's own refusal, stopped the answer here.";

/** A job that is retried because its model ended without a word asks the model again. */
function dropEmptyEnd(history: History, ledger: FindingLedger): void {
  const turn = history.turns.at(-1)?.turn;
  if (turn === undefined || turn.requests.length > 0 || turn.text.trim() !== '') return;
  if (ledger.placed.length + ledger.unplaced.length === 0) history.turns.pop();
}

/** Errors: `personas.unknown` (deleted since), `work.persona_changed` (changed since, and not trusted). */
async function personaFor(job: Job, personas: PersonaRegistry): Promise<Persona> {
  const persona = await personas.find(job.persona);
  // An untrusted text never reaches a hosted model, also when it was swapped while the job waited.
  if (job.chain !== '' && !persona.trusted)
    throw workErrors.make('work.persona_changed', { persona: persona.name });
  return persona;
}

/** A job of the offline reviewer was made where no model is set, or for a persona that nobody trusts. */
function whyOfflineNow(persona: Persona, { hasModel }: WorkerDeps): OfflineReason {
  return hasModel && !persona.trusted ? 'untrusted_persona' : 'no_model';
}

async function withRules(personas: WorkerDeps['personas']): Promise<string[]> {
  const all = await personas.list();
  return all.filter(({ checks }) => checks.length > 0).map(({ name }) => name);
}

function offlineOpened(task: OfflineTask): OpenedModel {
  return {
    model: offlineModel(task),
    label: () => offlineLabel,
    spent: () => ({ inputTokens: 0, outputTokens: 0, costUsd: 0 }),
    notes: () => [],
  };
}
