import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4Content,
  LanguageModelV4Prompt,
  LanguageModelV4StreamPart,
} from '@ai-sdk/provider';
import type { Evidence } from '../../analyzers/index.ts';
import { offlineLabel } from '../../models/index.ts';
import {
  cannotAnswer,
  hasNoRules,
  cannotRun,
  closingText,
  nothingToJudge,
  type AnalyzerAnswer,
} from './offline-closing.ts';
import type { OfflineTask } from './offline-task.ts';
import { isQuestion } from './question.ts';

/**
 * The offline reviewer: stands where the model stands, calls the same tools, and decides by the persona's rule
 * packs. It keeps no state; what it does next follows from the conversation, so a resumed job goes on like any other.
 */
export function offlineModel(task: OfflineTask): LanguageModelV4 {
  return {
    specificationVersion: 'v4',
    provider: 'troupe',
    modelId: offlineLabel,
    supportedUrls: {},
    async doGenerate({ prompt }) {
      const content = await nextMove(task, prompt);
      return { content, finishReason: finishReasonOf(content), usage: noTokens, warnings: [] };
    },
    async doStream({ prompt }: LanguageModelV4CallOptions) {
      const content = await nextMove(task, prompt);
      return { stream: ReadableStream.from<LanguageModelV4StreamPart>(partsOf(content)) };
    },
  };
}

const noTokens = {
  inputTokens: { total: 0, noCache: 0, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 0, text: 0, reasoning: 0 },
};

const finishReasonOf = (content: readonly LanguageModelV4Content[]) => ({
  unified: content.some((part) => part.type === 'tool-call') ? ('tool-calls' as const) : ('stop' as const),
  raw: undefined,
});

function* partsOf(content: readonly LanguageModelV4Content[]): Generator<LanguageModelV4StreamPart> {
  yield { type: 'stream-start', warnings: [] };
  for (const part of content) {
    if (part.type === 'text') {
      yield { type: 'text-start', id: 'text' };
      yield { type: 'text-delta', id: 'text', delta: part.text };
      yield { type: 'text-end', id: 'text' };
    } else if (part.type === 'tool-call') yield part;
  }
  yield { type: 'finish', usage: noTokens, finishReason: finishReasonOf(content) };
}

/** What the reviewer does next, from what it has been told so far. */
async function nextMove(task: OfflineTask, prompt: LanguageModelV4Prompt): Promise<LanguageModelV4Content[]> {
  if (isQuestion(task.task)) return say(cannotAnswer(task));
  if (task.trades.length === 0) return say(await hasNoRules(task));
  const { material } = task;
  if (material.nothing !== undefined) return say(nothingToJudge(material));
  const results = toolResultsOf(prompt);
  if (!results.has('list_files')) {
    return [call('search_standards', 1, { query: task.task.slice(0, 1_000) }), call('list_files', 1, {})];
  }
  const analyzed = results.get('run_analyzers');
  // Such as a persona whose tools leave the analyzers out.
  if (analyzed?.failed === true) return say(cannotRun(analyzed.text));
  if (analyzed === undefined) return [call('run_analyzers', 1, { max_results: 2_000 })];
  const answer = onLinesThatCount(JSON.parse(analyzed.text) as AnalyzerAnswer, material);
  if (answer.results.length > 0 && !results.has('report_finding')) {
    return answer.results.map((evidence, index) => call('report_finding', index + 1, claimOf(evidence)));
  }
  const proposed = results.get('propose_standard');
  // The review ends with what was proposed, whoever proposed it.
  if (proposed !== undefined) {
    const refused = proposed.failed ? `**Not proposed as a standard:** ${proposed.text}` : undefined;
    return say(closingText(answer, task, refused));
  }
  // A standard is derived from places that anybody can look up.
  const found = material.isInProject ? await task.draft(answer.results) : undefined;
  if (found !== undefined && 'draft' in found) return [call('propose_standard', 1, found.draft)];
  return say(closingText(answer, task, found?.left));
}

function onLinesThatCount(
  answer: AnalyzerAnswer,
  { lines, linesAre }: OfflineTask['material'],
): AnalyzerAnswer {
  if (linesAre === undefined) return answer;
  const counts = ({ file, line, endLine }: Evidence) => {
    const these = lines.get(file);
    if (these === undefined) return true;
    for (let at = line; at <= endLine; at += 1) if (these.has(at)) return true;
    return false;
  };
  return { ...answer, results: answer.results.filter(counts) };
}

const say = (text: string): LanguageModelV4Content[] => [{ type: 'text', text }];

// The id says which call it is, so that a resumed job meets the same ids again.
const call = (toolName: string, number: number, input: unknown): LanguageModelV4Content => ({
  type: 'tool-call',
  toolCallId: `${toolName}-${number}`,
  toolName,
  input: JSON.stringify(input),
});

function claimOf(evidence: Evidence): unknown {
  const { severity, file, line, quote, title, why, remedy, rule } = evidence;
  return { severity, file, line, quote, title, why, remedy, rule };
}

/** The newest result of each tool. */
function toolResultsOf(prompt: LanguageModelV4Prompt): Map<string, { text: string; failed: boolean }> {
  const results = new Map<string, { text: string; failed: boolean }>();
  for (const message of prompt) {
    if (message.role !== 'tool') continue;
    for (const part of message.content) {
      if (part.type !== 'tool-result') continue;
      const { output } = part;
      const failed = output.type !== 'text';
      results.set(part.toolName, {
        text: output.type === 'text' || output.type === 'error-text' ? output.value : '',
        failed,
      });
    }
  }
  return results;
}
