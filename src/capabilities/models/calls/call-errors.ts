/** Which model, and the facts of the answer. Never the prompt, never a key. */
interface Call {
  link: string;
}

const seconds = (ms: number) => `${Number((ms / 1000).toFixed(1))} s`;

/** Failures of a call that was made, or could not be made. */
export const callErrorDefinitions = {
  'models.key_refused': {
    category: 'forbidden',
    message: (facts: Call & { provider: string; variable: string; status: number }) =>
      `${facts.provider} refused the key in ${facts.variable} (status ${facts.status}) for ${facts.link}.`,
    remedy: (facts: { variable: string }) =>
      `Check ${facts.variable}: the key may be wrong, expired, or not allowed to use this model.`,
  },
  'models.unknown_model': {
    category: 'not-found',
    message: (facts: Call & { provider: string; model: string; said: string }) =>
      `${facts.provider} does not know the model "${facts.model}"${facts.said}`,
    remedy: (facts: { provider: string; model: string }) =>
      facts.provider === 'Ollama'
        ? `Pull it with "ollama pull ${facts.model}", or name another model in OLLAMA_MODEL or models.chain.`
        : 'Name a model this account can use, in TROUPE_MODEL or models.chain; check base_url if the name is right.',
  },
  'models.context_too_long': {
    category: 'limited',
    message: (facts: Call & { estimatedTokens: number; limitTokens: number | undefined }) =>
      `The conversation (about ${facts.estimatedTokens} tokens) is longer than ${facts.link} takes` +
      (facts.limitTokens === undefined ? '.' : ` (${facts.limitTokens} tokens with the answer).`),
    remedy:
      'Narrow the scope of the task, or use a model with a longer context; for Ollama raise context_tokens.',
  },
  'models.out_of_credit': {
    category: 'limited',
    message: (facts: Call & { provider: string; variable: string }) =>
      `The ${facts.provider} account behind ${facts.variable} has no credit left for ${facts.link}.`,
    remedy: 'Add credit or raise the limit in that account, or put another provider into models.chain.',
  },
  'models.request_refused': {
    category: 'invalid',
    message: (facts: Call & { status: number; said: string }) =>
      `${facts.link} refused the request (status ${facts.status})${facts.said}`,
    remedy: 'The provider says why; check the model and its settings in models.chain.',
  },
  'models.bad_response': {
    category: 'unavailable',
    message: (facts: Call & { status: number; contentType: string }) =>
      `${facts.link} answered with "${facts.contentType}" (status ${facts.status}), which is not the protocol of a model server.`,
    remedy: 'Check base_url; a proxy or sign-in page may stand between.',
  },
  'models.rate_limited': {
    category: 'limited',
    retryable: true,
    message: (facts: Call & { status: number }) => `${facts.link} is rate limited (status ${facts.status}).`,
    remedy: 'Wait and run again, or put another provider into models.chain.',
  },
  'models.overloaded': {
    category: 'unavailable',
    retryable: true,
    message: (facts: Call & { status: number }) =>
      `${facts.link} cannot answer now (status ${facts.status}).`,
    remedy: 'Run again later, or put another provider into models.chain.',
  },
  'models.unreachable': {
    category: 'unavailable',
    retryable: true,
    message: (facts: Call & { host: string; reason: string }) =>
      `${facts.link} cannot be reached at ${facts.host} (${facts.reason}).`,
    remedy: 'Check that the server runs and the network lets you through; "troupe doctor" tests it.',
  },
  'models.timed_out': {
    category: 'unavailable',
    retryable: true,
    message: (facts: Call & { phase: string; waitedFor: string; limitMs: number; setting: string }) =>
      `${facts.link} gave ${facts.waitedFor} within ${seconds(facts.limitMs)}.`,
    remedy: (facts: { setting: string }) => `Narrow the task, or raise ${facts.setting}.`,
  },
  'models.stream_broken': {
    category: 'unavailable',
    retryable: true,
    message: (facts: Call & { reason: string }) =>
      `The answer of ${facts.link} broke off before its end (${facts.reason}).`,
    remedy: 'The turn is void and can be made again.',
  },
  'models.circuit_open': {
    category: 'unavailable',
    retryable: true,
    message: (facts: Call & { failures: number; openMs: number }) =>
      `${facts.link} failed ${facts.failures} times in a row and is left alone for ${seconds(facts.openMs)}.`,
    remedy: 'Run again later, or put another provider into models.chain.',
  },
  'models.chain_exhausted': {
    category: 'unavailable',
    retryable: true,
    message: (facts: { failures: readonly { link: string; code: string; message: string }[] }) =>
      `None of the ${facts.failures.length} models could answer: ${facts.failures.map((failure) => failure.message).join(' ')}`,
    remedy: 'Run again later; "troupe doctor" tests each model.',
  },
} as const;
