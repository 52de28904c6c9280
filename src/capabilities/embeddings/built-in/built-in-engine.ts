import type { Engine } from '../thread/engine.ts';
import { openEncoder } from './encoder.ts';

/** The built-in model for the thread. `folder` is a file URL. */
export async function openBuiltInEngine(folder: string): Promise<Engine> {
  const encoder = await openEncoder(new URL(folder));
  // Queries have a lane of their own, so that one can be answered while a passage is half way.
  return { embed: (text, kind, pause) => encoder.encode(text, kind === 'query' ? 1 : 0, pause) };
}
