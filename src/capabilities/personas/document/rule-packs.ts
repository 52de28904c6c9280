import type { RuleChoice, Trade } from '../../analyzers/index.ts';

/** What a persona may name under `persona.checks`: a rule pack, or one rule of a pack. */
export type PersonaCheck = RuleChoice;

// Named here, and not read from the analyzers at run time, so that listing personas loads no engine.
const packs = {
  security: true,
  engineering: true,
  testing: true,
  operations: true,
  data: true,
  architecture: true,
} as const satisfies Record<Trade, true>;

export const rulePacks = Object.keys(packs) as readonly Trade[];

/** Whether it names a rule pack, or something in one. Which rules a pack has, only the engine knows. */
export function isPersonaCheck(text: string): text is PersonaCheck {
  const [pack, rule, ...more] = text.split('/');
  return (
    more.length === 0 && Object.hasOwn(packs, pack!) && (rule === undefined || /^[a-z0-9-]+$/.test(rule))
  );
}
