import { defineErrors } from '../../kernel/index.ts';

export const mcpErrors = defineErrors({
  'mcp.unknown_tool': {
    category: 'not-found',
    message: (facts: { tool: string; known: readonly string[] }) => `There is no tool "${facts.tool}".`,
    remedy: (facts: { known: readonly string[] }) =>
      `Use one of: ${facts.known.join(', ') || 'none is switched on'}.`,
  },
  'mcp.unknown_prompt': {
    category: 'not-found',
    message: (facts: { prompt: string; known: readonly string[] }) => `There is no prompt "${facts.prompt}".`,
    remedy: (facts: { known: readonly string[] }) =>
      `Use one of: ${facts.known.join(', ') || 'none, the persona tools are switched off'}.`,
  },
  'mcp.unknown_resource': {
    category: 'not-found',
    message: (facts: { uri: string; forms: readonly string[] }) => `There is no resource "${facts.uri}".`,
    remedy: (facts: { forms: readonly string[] }) =>
      `Use a uri of this form: ${facts.forms.join(', ') || 'none is switched on'}.`,
  },
  'mcp.no_result_yet': {
    category: 'conflict',
    retryable: true,
    message: (facts: { jobId: string; status: string }) =>
      `Job ${facts.jobId} is ${facts.status} and has no result.`,
    remedy: 'Wait for it with check_persona_job and wait_seconds.',
  },
  'mcp.message_too_large': {
    category: 'limited',
    message: (facts: { sizeBytes: number; limitBytes: number }) =>
      `The message has ${facts.sizeBytes} bytes; one message may have ${facts.limitBytes}.`,
    remedy: 'Send less at once: name files by their paths instead of passing their content.',
  },
});
