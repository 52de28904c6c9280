import { setImmediate } from 'node:timers/promises';
import type { LanguageModel } from 'ai';
import type { Attempt, NewStep } from '../../jobs/index.ts';
import type { JobPhase } from '../../jobs/contract/index.ts';
import { canBeMadeAgain } from '../../models/index.ts';
import { workErrors } from '../errors.ts';
import type { ToolContext, WorkTool } from '../tools/work-tool.ts';
import {
  messagesOf,
  openRequests,
  repeats,
  type History,
  type ToolRecord,
  type TurnRecord,
} from './history.ts';
import { runTool } from './run-tool.ts';
import { runTurn, type TurnRequest } from './run-turn.ts';
import type { Standings } from './standings.ts';

export interface ToolLoopOptions {
  attempt: Attempt;
  history: History;
  model: LanguageModel;
  modelLabel: () => string;
  /** What the job has spent so far. */
  spent: () => { inputTokens: number; outputTokens: number; costUsd: number };
  system: string;
  message: string;
  tools: readonly WorkTool[];
  context: ToolContext;
  standings: Standings;
  limits: { maxTurns: number; maxOutputTokens: number; maxRepeats: number };
  redact: (text: string) => Promise<{ text: string; redacted: number }>;
  /** Takes what a finished call found into the review. */
  onTool: (record: ToolRecord) => void;
  /** The review as far as it is, given the text that streams. */
  partialResult: (text: string) => string;
}

/**
 * Runs the persona: model turn, tool calls, next turn, until it calls no more tools. Every turn and every tool
 * result is stored before the next begins. Resolves to the model's closing text.
 * Errors: `work.turn_limit`, `work.model_loops`, `work.answer_cut`, `work.answer_withheld`, and what the model chain throws.
 */
export async function runToolLoop(
  options: ToolLoopOptions,
): Promise<Pick<TurnRecord, 'text' | 'cut' | 'withheld'>> {
  const { history, limits } = options;
  const before = history.turns.length;
  for (;;) {
    for (const request of openRequests(history)) await callTool(options, request);
    const done = history.turns.at(-1);
    if (done !== undefined && done.turn.requests.length === 0) return done.turn;
    const { tool, times } = repeats(history, before);
    if (times >= limits.maxRepeats) throw workErrors.make('work.model_loops', { tool, times });
    const last = history.turns.length + 1 >= limits.maxTurns;
    const turn = await takeTurn(options, last);
    if (turn.requests.length === 0) return turn;
    if (last) throw workErrors.make('work.turn_limit', limitFacts(options));
  }
}

function limitFacts({ limits, context: { ledger } }: ToolLoopOptions): { limit: number; findings: number } {
  return { limit: limits.maxTurns, findings: ledger.placed.length + ledger.unplaced.length };
}

const lastTurnNotice =
  'This is your last turn. Write your review now, from what you have; call no more tools.';

async function takeTurn(options: ToolLoopOptions, last: boolean): Promise<TurnRecord> {
  const { attempt, history, standings } = options;
  const messages = messagesOf(options.message, history);
  if (last && history.turns.length > 0) messages.push({ role: 'user', content: lastTurnNotice });
  await attempt.report(standings.thinking(options.modelLabel()), {
    partialResult: () => options.partialResult(''),
  });
  let written = Promise.resolve();
  let failure: Error | undefined;
  const before = options.spent();
  const turn = await booked(options, before, () =>
    untilMade({
      model: options.model,
      modelLabel: options.modelLabel,
      system: options.system,
      messages,
      tools: options.tools,
      last,
      maxOutputTokens: options.limits.maxOutputTokens,
      limitFacts: () => limitFacts(options),
      signal: attempt.signal,
      onText: (text) => {
        const report = () =>
          attempt.report(standings.writing(text.length), {
            partialResult: () => options.partialResult(text),
          });
        written = written.then(report).catch((error: unknown) => {
          failure ??= error as Error;
        });
      },
    }),
  );
  await written;
  if (failure !== undefined) throw failure;
  const { text, requests } = turn;
  const after = options.spent();
  await attempt.finishStep(
    {
      kind: 'turn',
      name: options.modelLabel(),
      summary:
        requests.length === 0
          ? 'wrote the review'
          : `asked for ${requests.map(({ name }) => name).join(', ')}`,
      phase: standings.phase,
      data: JSON.stringify(turn),
      tokensInput: after.inputTokens - before.inputTokens,
      tokensOutput: after.outputTokens - before.outputTokens,
      costUsd: after.costUsd - before.costUsd,
    },
    standings.current,
    () => options.partialResult(text),
  );
  history.turns.push({ turn, tools: [] });
  return turn;
}

/** A turn that does not end leaves no step: what it spent, with all that was tried again, is booked by itself. */
async function booked(
  { attempt, spent }: ToolLoopOptions,
  before: ReturnType<ToolLoopOptions['spent']>,
  turn: () => Promise<TurnRecord>,
): Promise<TurnRecord> {
  try {
    return await turn();
  } catch (error) {
    // A call that is cancelled is settled when its stream has heard of it.
    await setImmediate();
    const after = spent();
    const tokensInput = after.inputTokens - before.inputTokens;
    const tokensOutput = after.outputTokens - before.outputTokens;
    if (tokensInput + tokensOutput > 0) {
      const costUsd = after.costUsd - before.costUsd;
      // The turn's own failure is what people hear of.
      await attempt.addSpent({ tokensInput, tokensOutput, costUsd }).catch(() => undefined);
    }
    throw error;
  }
}

/** A turn that broke off after its first parts is made again as long as the chain has an attempt left for it. */
async function untilMade(request: TurnRequest): Promise<TurnRecord> {
  for (;;) {
    try {
      return await runTurn(request);
    } catch (error) {
      if (!canBeMadeAgain(error)) throw error;
    }
  }
}

async function callTool(
  options: ToolLoopOptions,
  request: { id: string; name: string; input: unknown },
): Promise<void> {
  const { attempt, history, standings, tools, context } = options;
  const phase: JobPhase = tools.find(({ name }) => name === request.name)?.phase ?? 'searching';
  await attempt.report(standings.calling(phase, request.name));
  let reported = Promise.resolve();
  let failure: Error | undefined;
  const record = await runTool(
    request,
    tools,
    {
      ...context,
      progress: (fraction, message) => {
        reported = reported
          .then(() => attempt.report(standings.within(phase, fraction, message)))
          .catch((error: unknown) => {
            failure ??= error as Error;
          });
      },
    },
    options.redact,
  );
  await reported;
  if (failure !== undefined) throw failure;
  options.onTool(record);
  const step: NewStep = {
    kind: 'tool',
    name: request.name,
    summary: record.output.summary,
    phase,
    data: JSON.stringify(record),
    tokensInput: 0,
    tokensOutput: 0,
    costUsd: 0,
  };
  await attempt.finishStep(step, standings.called(phase, record.output.summary), () =>
    options.partialResult(''),
  );
  history.turns.at(-1)!.tools.push(record);
}
