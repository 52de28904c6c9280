import { availableParallelism } from 'node:os';
import type { Engine } from '../thread/engine.ts';
import { openEncoder } from './encoder.ts';

/** From this question on, two threads share the work: who asks once, as a command does, needs no second one. */
const sharedFrom = 2;

/** The built-in model for the thread. `folder` is a file URL. */
export async function openBuiltInEngine(folder: string): Promise<Engine> {
  const encoder = await openEncoder(new URL(folder));
  let questions = 0;
  return {
    embed(text, kind, pause) {
      // Queries have a lane of their own, so that one can be answered while a passage is half way.
      if (kind === 'passage') return encoder.encode(text, 0, pause);
      questions += 1;
      if (questions === sharedFrom && availableParallelism() > 1) encoder.addPartner();
      return encoder.encode(text, 1, pause);
    },
  };
}
