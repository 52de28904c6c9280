import type { RecordedRequest, ScriptedReply } from '../model-servers/index.ts';

export const turnsOfAJob = 3;
export const toolCallsOfAJob = 4;

export const taskOf = (n: number) => `review src/orders.ts as number ${n}.`;

/** Which job a call belongs to. */
export function jobNumberIn(body: string): number {
  const found = /as number (\d+)\./.exec(body);
  if (found === null) throw new Error(`a call of no job: ${body.slice(0, 200)}`);
  return Number(found[1]);
}

const finding = {
  severity: 'high',
  file: 'src/orders.ts',
  line: 1,
  quote: 'not what stands there',
  title: 'A claim',
  why: 'Because.',
  remedy: 'Mend it.',
};

/** What the model says to a job: looks around, reports, closes. Slow enough for a kill to hit it. */
export function chaosReply({ assistantTurns }: RecordedRequest): ScriptedReply {
  const slow = { headersDelayMs: 15, trickleMs: 1 };
  if (assistantTurns === 0) {
    const toolCalls = [
      { name: 'list_files', input: { pattern: 'src/**' } },
      { name: 'read_file', input: { path: 'src/orders.ts' } },
    ];
    return { ...slow, toolCalls };
  }
  if (assistantTurns === 1) {
    const toolCalls = [
      { name: 'report_finding', input: finding },
      { name: 'grep_files', input: { pattern: 'order' } },
    ];
    return { ...slow, toolCalls };
  }
  return { ...slow, text: ['The review ', 'in a ', 'few words.'] };
}
