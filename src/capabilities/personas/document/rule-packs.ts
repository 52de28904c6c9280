import type { Trade } from '../../analyzers/index.ts';

/** The analyzers' trades: each is one rule pack a persona may name under `persona.checks`. */
export type RulePack = Trade;

// Named here, and not read from the analyzers at run time, so that listing personas loads no engine.
const packs = {
  security: true,
  engineering: true,
  testing: true,
  operations: true,
  data: true,
  architecture: true,
} as const satisfies Record<Trade, true>;

export const rulePacks = Object.keys(packs) as readonly RulePack[];
