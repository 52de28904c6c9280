import { defineErrors } from '../../kernel/index.ts';

interface BudgetFacts {
  unit: 'tokens' | 'usd';
  link: string;
  /** Used and set aside so far. */
  spent: number;
  /** The most the next call may use. */
  needed: number;
  limit: number;
  setting: string;
  priceKnown: boolean;
}

/** Which model, and the facts of the answer. Never the prompt, never a key. */
interface CallFacts {
  link: string;
}

const seconds = (ms: number) => `${Number((ms / 1000).toFixed(1))} s`;
const dollars = (amount: number) => `$${amount.toFixed(4)}`;

/** Everything that can go wrong between a persona and its models. */
export const modelErrors = defineErrors({
  'models.unknown_provider': {
    category: 'invalid',
    message: (facts: { provider: string; origin: string; known: readonly string[] }) =>
      `${facts.origin} names the model provider "${facts.provider}", which is not one of ${facts.known.join(', ')}.`,
    remedy:
      'Use one of these names; any server that speaks the OpenAI protocol is "openai-compatible" with its base_url.',
  },
  'models.model_missing': {
    category: 'invalid',
    message: (facts: { provider: string; origin: string; variable: string }) =>
      `${facts.origin} uses ${facts.provider}, which has no default model.`,
    remedy: (facts: { variable: string }) => `Set ${facts.variable}, or name the model in models.chain.`,
  },
  'models.base_url_missing': {
    category: 'invalid',
    message: (facts: { provider: string; origin: string; variable: string }) =>
      `${facts.origin} uses ${facts.provider}, whose address is not known.`,
    remedy: (facts: { variable: string }) => `Set ${facts.variable}, or base_url in your user configuration.`,
  },
  'models.base_url_invalid': {
    category: 'invalid',
    message: (facts: { origin: string; why: string }) => `The address in ${facts.origin} ${facts.why}.`,
    remedy: 'Write it as https://host/path; keys belong in their environment variable.',
  },
  'models.key_missing': {
    category: 'invalid',
    message: (facts: { provider: string; model: string; variable: string }) =>
      `${facts.provider}/${facts.model} needs a key, and ${facts.variable} is not set.`,
    remedy: (facts: { variable: string }) =>
      `Set ${facts.variable} in the environment that starts troupe, or take the model out of models.chain.`,
  },
  'models.key_malformed': {
    category: 'invalid',
    message: (facts: { provider: string; variable: string }) =>
      `${facts.variable} holds spaces, line breaks or other characters that no ${facts.provider} key has.`,
    remedy: (facts: { variable: string }) => `Copy the key again into ${facts.variable}.`,
  },
  'models.key_misdirected': {
    category: 'forbidden',
    message: (facts: { provider: string; variable: string; origin: string; target: string }) =>
      `${facts.origin} would send the key in ${facts.variable} to ${facts.target}, where it does not belong.`,
    remedy:
      "If you mean it, name that server's own key variable as key_env beside its base_url, in your user configuration.",
  },
  'models.chain_empty': {
    category: 'internal',
    message: (_facts: Record<string, never>) => 'A hosted model was asked for, but the model chain is empty.',
    remedy: 'Use the offline reviewer for an empty chain.',
  },
  'models.budget_exceeded': {
    category: 'limited',
    message: (facts: BudgetFacts) => {
      const show = facts.unit === 'usd' ? dollars : (amount: number) => `${amount} tokens`;
      const guess = facts.priceKnown ? '' : ' Its price is not known and counts as the dearest known one.';
      return (
        `The next call of ${facts.link} may need ${show(facts.needed)}, ` +
        `and this job has used ${show(facts.spent)} of its ${show(facts.limit)}.${guess}`
      );
    },
    remedy: (facts: BudgetFacts) =>
      (facts.priceKnown ? '' : 'Give the model its price in models.chain, ') +
      `${facts.priceKnown ? 'Narrow' : 'narrow'} the task, or raise ${facts.setting}; what was found so far is kept.`,
  },
  'models.cost_unknown': {
    category: 'limited',
    message: (facts: { link: string; why: string; limit: number; setting: string }) =>
      `The cost of the next call of ${facts.link} cannot be computed (${facts.why}), and this job may spend at most ${dollars(facts.limit)}.`,
    remedy: (facts: { setting: string }) =>
      `Give the model a price in models.chain, or take the limit ${facts.setting} away.`,
  },

  // Calls that were made, or could not be made.

  'models.key_refused': {
    category: 'forbidden',
    message: (facts: CallFacts & { provider: string; variable: string; status: number }) =>
      `${facts.provider} refused the key in ${facts.variable} (status ${facts.status}) for ${facts.link}.`,
    remedy: (facts: { variable: string }) =>
      `Check ${facts.variable}: the key may be wrong, expired, or not allowed to use this model.`,
  },
  'models.unknown_model': {
    category: 'not-found',
    message: (facts: CallFacts & { provider: string; model: string; said: string }) =>
      `${facts.provider} does not know the model "${facts.model}"${facts.said}`,
    remedy: (facts: { provider: string; model: string }) =>
      facts.provider === 'Ollama'
        ? `Pull it with "ollama pull ${facts.model}", or name another model in OLLAMA_MODEL or models.chain.`
        : 'Name a model this account can use, in TROUPE_MODEL or models.chain; check base_url if the name is right.',
  },
  'models.context_too_long': {
    category: 'limited',
    message: (facts: CallFacts & { estimatedTokens: number; limitTokens: number | undefined }) =>
      `The conversation (about ${facts.estimatedTokens} tokens) is longer than ${facts.link} takes` +
      (facts.limitTokens === undefined ? '.' : ` (${facts.limitTokens} tokens with the answer).`),
    remedy:
      'Narrow the scope of the task, or use a model with a longer context; for Ollama raise context_tokens.',
  },
  'models.out_of_credit': {
    category: 'limited',
    message: (facts: CallFacts & { provider: string; variable: string }) =>
      `The ${facts.provider} account behind ${facts.variable} has no credit left for ${facts.link}.`,
    remedy: 'Add credit or raise the limit in that account, or put another provider into models.chain.',
  },
  'models.request_refused': {
    category: 'invalid',
    message: (facts: CallFacts & { status: number; said: string }) =>
      `${facts.link} refused the request (status ${facts.status})${facts.said}`,
    remedy: (facts: { said: string }) =>
      facts.said === '.'
        ? 'It gives no reason: check base_url, the name of the model and its settings in models.chain, and what the server logs.'
        : 'The provider says why; check the model and its settings in models.chain.',
  },
  'models.bad_response': {
    category: 'unavailable',
    message: (facts: CallFacts & { status: number; contentType: string }) =>
      `${facts.link} answered with "${facts.contentType}" (status ${facts.status}), which is not the protocol of a model server.`,
    remedy: 'Check base_url; a proxy or sign-in page may stand between.',
  },
  'models.rate_limited': {
    category: 'limited',
    retryable: true,
    message: (facts: CallFacts & { status: number }) =>
      `${facts.link} is rate limited (status ${facts.status}).`,
    remedy: 'Wait and run again, or put another provider into models.chain.',
  },
  'models.overloaded': {
    category: 'unavailable',
    retryable: true,
    message: (facts: CallFacts & { status: number }) =>
      `${facts.link} cannot answer now (status ${facts.status}).`,
    remedy: 'Run again later, or put another provider into models.chain.',
  },
  'models.unreachable': {
    category: 'unavailable',
    retryable: true,
    message: (facts: CallFacts & { host: string; reason: string }) =>
      `${facts.link} cannot be reached at ${facts.host} (${facts.reason}).`,
    remedy:
      'Start the server if it is yours, check the network and the address (base_url in models.chain), behind a proxy set HTTPS_PROXY; or put another provider into models.chain.',
  },
  'models.timed_out': {
    category: 'unavailable',
    retryable: true,
    message: (facts: CallFacts & { phase: string; waitedFor: string; limitMs: number; setting: string }) =>
      `${facts.link} gave ${facts.waitedFor} within ${seconds(facts.limitMs)}.`,
    remedy: (facts: { setting: string }) => `Narrow the task, or raise ${facts.setting}.`,
  },
  'models.stream_broken': {
    category: 'unavailable',
    retryable: true,
    message: (facts: CallFacts & { reason: string }) =>
      `The answer of ${facts.link} broke off before its end (${facts.reason}).`,
    remedy:
      'Nothing of this turn counts. Run again; if it stays, check base_url, what the server logs, and what stands between.',
  },
  'models.answer_too_long': {
    category: 'unavailable',
    message: (facts: CallFacts & { unit: 'tokens' | 'bytes'; limit: number; received: number }) =>
      facts.unit === 'tokens'
        ? `The answer of ${facts.link} was stopped at about ${facts.received} tokens; it was asked for ${facts.limit} at most.`
        : `The answer of ${facts.link} was stopped at ${facts.received} bytes; no answer it was asked for takes more than ${facts.limit}.`,
    remedy:
      'The server does not keep to the limit that it is sent: check its settings, or put another model into models.chain.',
  },
  'models.circuit_open': {
    category: 'unavailable',
    retryable: true,
    message: (facts: CallFacts & { failures: number; openMs: number; last: string }) =>
      `${facts.link} failed ${facts.failures} times in a row and is left alone for ${seconds(facts.openMs)}. The last time: ${facts.last}`,
    remedy: 'Run again later, or put another provider into models.chain.',
  },
  'models.chain_exhausted': {
    category: 'unavailable',
    retryable: true,
    message: (facts: { failures: readonly { link: string; code: string; message: string }[] }) =>
      `None of the ${facts.failures.length} models could answer: ${facts.failures.map((failure) => failure.message).join(' ')}`,
    remedy: 'Run again later; "troupe doctor" tests each model.',
  },
});
