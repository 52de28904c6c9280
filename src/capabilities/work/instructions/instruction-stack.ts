import { cutToTokens } from './cut-to-tokens.ts';

/** One part of what the model is told. */
export interface InstructionPart {
  /** What it is: "persona", "context". */
  part: string;
  /** Where it comes from: a path, "built in", "the caller". */
  source: string;
  text: string;
  /** The system text, or the first message. */
  place: 'system' | 'message';
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
 * get what is left, in order of rank; what does not fit is cut, which the text, the provenance and the notes say.
 */
export function buildInstructions(
  parts: readonly InstructionPart[],
  budget: { maxTokens: number; setting: string; countTokens: (text: string) => number },
): InstructionStack {
  const given = parts.filter((part) => part.text.trim() !== '');
  const sent = new Map<InstructionPart, { text: string; tokens: number; cut: boolean }>();
  let left = budget.maxTokens;
  for (const part of [...given].sort((a, b) => a.rank - b.rank)) {
    const whole = budget.countTokens(part.text);
    const fits = part.rank === 0 || whole <= left;
    const text = fits ? part.text : cutToTokens(part.text, Math.max(0, left), budget.countTokens);
    const tokens = fits ? whole : budget.countTokens(text);
    left -= tokens;
    sent.set(part, { text, tokens, cut: !fits });
  }
  const notes = given
    .filter((part) => sent.get(part)!.cut)
    .map((part) => {
      const whole = budget.countTokens(part.text);
      return `${part.part} (${part.source}) was cut from ${whole} to ${sent.get(part)!.tokens} tokens; the limit is ${budget.maxTokens} in all (${budget.setting}).`;
    });
  const textOf = (place: InstructionPart['place']) =>
    given
      .filter((part) => part.place === place)
      .map((part) => sent.get(part)!.text)
      .filter((text) => text !== '')
      .join('\n\n');
  return {
    system: textOf('system'),
    message: textOf('message'),
    provenance: given.map((part) => {
      const { tokens, cut } = sent.get(part)!;
      return { part: part.part, source: part.source, tokens, cut };
    }),
    notes,
  };
}
