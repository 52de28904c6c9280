import { trades, type RuleChoice, type Trade } from '../evidence.ts';
import { means } from './chosen-rules.ts';

/** The trades that choices of rules come from. */
export function tradesOf(choices: readonly RuleChoice[]): Trade[] {
  const named = choices.map((choice) => choice.split('/')[0]);
  return trades.filter((trade) => named.includes(trade));
}

/** Tells whether a shipped rule, by its id, is among the choices: alone, or with all of its trade. */
export function chosenBy(choices: readonly RuleChoice[]): (rule: string) => boolean {
  return (rule) => choices.some((choice) => choice === rule.split('/')[0] || means(choice, rule));
}
