import { defineErrors } from '../../kernel/index.ts';

export const workErrors = defineErrors({
  'work.empty_answer': {
    category: 'unavailable',
    retryable: true,
    message: (facts: { model: string; turns: number }) =>
      `${facts.model} ended after ${facts.turns} turns without a review and without a finding.`,
    remedy: 'Retry the job; if it stays, use another model.',
  },
  'work.turn_limit': {
    category: 'limited',
    message: (facts: { limit: number; findings: number }) =>
      `The persona used all ${facts.limit} turns (work.max_turns, or max_turns of the persona) without finishing; it had reported ${facts.findings} findings.`,
    remedy: 'They are kept as the partial result. Narrow the task, or raise the limit and retry the job.',
  },
  'work.model_loops': {
    category: 'unavailable',
    message: (facts: { tool: string; times: number }) =>
      `The model called ${facts.tool} with the same input ${facts.times} times in a row.`,
    remedy: 'What was found is kept as the partial result. Retry the job, or use another model.',
  },
  'work.answer_cut': {
    category: 'limited',
    message: (facts: { limit: number }) =>
      `The model's answer was cut at ${facts.limit} tokens (work.max_output_tokens) in the middle of a tool call.`,
    remedy: 'Raise the limit and retry the job.',
  },
  'work.persona_changed': {
    category: 'conflict',
    message: (facts: { persona: string }) =>
      `The persona ${facts.persona} was changed after the job was created, and the new text is not trusted.`,
    remedy: 'Read it and run `troupe personas trust`, then retry the job.',
  },
  'work.unknown_tool': {
    category: 'invalid',
    message: (facts: { tool: string; known: readonly string[] }) =>
      `There is no tool "${facts.tool}". The tools are: ${facts.known.join(', ')}.`,
    remedy: 'Call one of these.',
  },
  'work.bad_tool_input': {
    category: 'invalid',
    message: (facts: { tool: string; problems: readonly string[] }) =>
      `${facts.tool} cannot read this input: ${facts.problems.join('; ')}.`,
    remedy: 'Call it again with corrected input.',
  },
});
