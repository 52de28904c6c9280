import { counted, defineErrors } from '../../kernel/index.ts';

export const workErrors = defineErrors({
  'work.empty_answer': {
    category: 'unavailable',
    retryable: true,
    message: (facts: { model: string; turns: number }) =>
      `${facts.model} ended after ${counted(facts.turns, 'turn')} without a review and without a finding.`,
    remedy: 'Retry the job; if it stays, use another model.',
  },
  'work.path_not_found': {
    category: 'not-found',
    message: (facts: { missing: readonly string[] }) =>
      `The task names what is not in the project: ${facts.missing.join(', ')}. No other word of it names a place, so nothing was looked at.`,
    remedy:
      'Correct the path; it is looked for from the folder you are in and from the root of the project. Name no path to have the whole project looked at.',
  },
  'work.empty_context': {
    category: 'conflict',
    message: (_facts: object) =>
      'The task is about its context, and the context is empty: nothing was looked at.',
    remedy:
      '`git diff` prints nothing where nothing is changed, and leaves out what is staged or new: try `git diff HEAD`. To have files looked at, name them in the task.',
  },
  'work.turn_limit': {
    category: 'limited',
    message: (facts: { limit: number; findings: number }) =>
      `The persona used all ${facts.limit} turns (work.max_turns, or max_turns of the persona) without finishing; it had reported ${counted(facts.findings, 'finding')}.`,
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
  'work.answer_withheld': {
    category: 'unavailable',
    message: (facts: { model: string }) =>
      `The answer of ${facts.model} was stopped by its provider's filter or by its own refusal.`,
    remedy:
      'What was found is kept as the partial result. Retry the job with another model, or narrow the task to leave out what it objects to.',
  },
  'work.persona_changed': {
    category: 'conflict',
    message: (facts: { persona: string }) =>
      `The persona ${facts.persona} is no longer trusted: it was changed, or its trust was withdrawn, after the job was created.`,
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
  'work.proposal_limit': {
    category: 'limited',
    message: (facts: { limit: number }) =>
      `This job has proposed ${counted(facts.limit, 'standard')} already, as many as a job may (work.max_proposals).`,
    remedy: 'Name the pattern in the review instead; a person can have it drafted from the job.',
  },
  'work.secret_in_draft': {
    category: 'invalid',
    message: (facts: { part: string; line: number }) =>
      `There is a secret in line ${facts.line} of ${facts.part}; nothing was proposed.`,
    remedy: 'Put a placeholder in its place and call again.',
  },
  'work.no_evidence': {
    category: 'invalid',
    message: (facts: { places: readonly string[] }) =>
      `No place the standard is derived from holds: ${facts.places.join('; ')}.`,
    remedy: 'Read the files and call again with exact lines.',
  },
  'work.unknown_rule': {
    category: 'invalid',
    message: (facts: { rule: string }) => `Troupe ships no rule "${facts.rule}", so no check can use it.`,
    remedy: 'Name a rule that run_analyzers reported, or leave the check out.',
  },
  'work.proposed_before': {
    category: 'conflict',
    message: (facts: { jobId: string; id: string; number: number; state: 'open' | 'rejected' }) =>
      `What repeats in the findings of job ${facts.jobId} was proposed before: ${facts.id}, request ${facts.number}${facts.state === 'open' ? ', is open' : ', was rejected'}.`,
    remedy: (facts: { number: number }) => `\`troupe inbox show ${facts.number}\` shows it.`,
  },
  'work.no_domain': {
    category: 'invalid',
    message: (facts: { persona: string }) => `${facts.persona} has no folder of standards of its own.`,
    remedy: 'Give the domain, such as architecture.',
  },
});
