import { cutToTokens } from './cut-to-tokens.ts';
import { fenced } from './fence.ts';

/** One part of what the model is told. */
export interface InstructionPart {
  /** What it is. */
  part: 'core rules' | 'persona' | 'project instructions' | 'standard' | 'task' | 'context';
  /** Where it comes from: a path, "built in", "the caller". */
  source: string;
  text: string;
  /**
   * The system text, for what Troupe says or a person approved; the first message, for the task. All else is material:
   * it goes into the first message too, fenced, under a label of Troupe's own words.
   */
  place: 'system' | 'message' | { material: string };
  /** Parts with a lower number are kept whole first; 0 is never cut. */
  rank: number;
}

export interface PartProvenance {
  part: string;
  source: string;
  /** Tokens that were sent. */
  tokens: number;
  cut: boolean;
}

export interface InstructionStack {
  system: string;
  message: string;
  provenance: PartProvenance[];
  /** One line for each cut. */
  notes: string[];
}

/**
 * Puts the parts together in their given order, within a token budget. Parts of rank 0 are always whole; the others
 * get what is left, in order of rank; what does not fit is cut, which the text, the provenance and the notes say. The
 * fence of material counts as part of it and is never cut.
 */
export function buildInstructions(
  parts: readonly InstructionPart[],
  budget: { maxTokens: number; setting: string; countTokens: (text: string) => number },
): InstructionStack {
  const given = parts.filter((part) => part.text.trim() !== '');
  const sent = new Map<InstructionPart, { text: string; whole: number; tokens: number; cut: boolean }>();
  let left = budget.maxTokens;
  for (const part of [...given].sort((a, b) => a.rank - b.rank)) {
    const count = (text: string) => (text === '' ? 0 : budget.countTokens(asSent(part, text)));
    const whole = count(part.text);
    const fits = part.rank === 0 || whole <= left;
    const text = fits ? part.text : cutToTokens(part.text, Math.max(0, left), count);
    const tokens = fits ? whole : count(text);
    left -= tokens;
    sent.set(part, { text, whole, tokens, cut: !fits });
  }
  const notes = given
    .filter((part) => sent.get(part)!.cut)
    .map((part) => {
      const { whole, tokens } = sent.get(part)!;
      return `${part.part} (${part.source}) was cut from ${whole} to ${tokens} tokens; the limit is ${budget.maxTokens} in all (${budget.setting}).`;
    });
  const textOf = (parts: readonly InstructionPart[]) =>
    parts
      .filter((part) => sent.get(part)!.text !== '')
      .map((part) => asSent(part, sent.get(part)!.text))
      .join('\n\n');
  return {
    system: textOf(given.filter(({ place }) => place === 'system')),
    message: textOf(given.filter(({ place }) => place !== 'system')),
    provenance: given.map((part) => {
      const { tokens, cut } = sent.get(part)!;
      return { part: part.part, source: part.source, tokens, cut };
    }),
    notes,
  };
}

function asSent({ place }: InstructionPart, text: string): string {
  return typeof place === 'string' ? text : fenced(place.material, text);
}
