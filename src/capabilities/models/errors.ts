import { defineErrors } from '../../kernel/index.ts';
import { callErrorDefinitions } from './calls/call-errors.ts';

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

const dollars = (amount: number) => `$${amount.toFixed(4)}`;

/** Everything that can go wrong between a persona and its models. */
export const modelErrors = defineErrors({
  ...callErrorDefinitions,
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
});
