import { createHash } from 'node:crypto';
import type { LanguageModelV4Prompt } from '@ai-sdk/provider';
import type { ChainWalk } from './chain-walk.ts';

const repeatable = new WeakSet<Error>();

/** Whether this error ended a turn in the middle that the chain has another attempt for: the same call goes on from there. */
export function canBeMadeAgain(error: unknown): boolean {
  return error instanceof Error && repeatable.has(error);
}

/** Turns that broke off after somebody had seen their first parts, and how far each had come on the chain. */
export interface BrokenTurns {
  keep(prompt: LanguageModelV4Prompt, walk: ChainWalk, error: Error): void;
  /** The walk of the turn with this prompt, if it broke off. */
  take(prompt: LanguageModelV4Prompt): ChainWalk | undefined;
}

export function openBrokenTurns(): BrokenTurns {
  const walks = new Map<string, ChainWalk>();
  const nameOf = (prompt: LanguageModelV4Prompt) =>
    createHash('sha256').update(JSON.stringify(prompt)).digest('hex');
  return {
    keep(prompt, walk, error) {
      repeatable.add(error);
      walks.set(nameOf(prompt), walk);
    },
    take(prompt) {
      if (walks.size === 0) return undefined;
      const name = nameOf(prompt);
      const walk = walks.get(name);
      walks.delete(name);
      return walk;
    },
  };
}
