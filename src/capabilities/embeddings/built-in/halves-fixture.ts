import { isMainThread, workerData } from 'node:worker_threads';
import { controlBytes, openHalves, type RunPlaces } from './halves.ts';
import type { Kernel } from './kernel.ts';

// For tests: two threads share runs of a kernel that computes nothing and notes who did what, and what came too early.
export const layers = 3;
export const tokens = 9;
const places: RunPlaces = { layers: Array.from({ length: layers }, (_, layer) => layer), states: 0, qkv: 0 };

/** A place for each token of each step: 0, or the thread that did it. The last one counts what went wrong. */
export interface Notes {
  control: Int32Array<SharedArrayBuffer>;
  done: Int32Array<SharedArrayBuffer>;
}

export const newNotes = (): Notes => ({
  control: new Int32Array(new SharedArrayBuffer(controlBytes)),
  done: new Int32Array(new SharedArrayBuffer(4 * (3 * layers * tokens + 1))),
});

export function openNoting({ control, done }: Notes, thread: number) {
  const note = (step: number, from: number, to: number, needed: number) => {
    for (let before = 0; before < needed * tokens; before += 1) {
      if (Atomics.load(done, before) === 0) Atomics.add(done, done.length - 1, 1);
    }
    for (let token = from; token < to; token += 1) {
      if (Atomics.exchange(done, step * tokens + token, thread) !== 0) Atomics.add(done, done.length - 1, 1);
    }
  };
  const kernel: Kernel = {
    begin: () => undefined,
    finish: () => undefined,
    project: (_states, from, to, layer) => note(3 * layer, from, to, 3 * layer),
    mix: (_states, _tokens, from, to, layer) => note(3 * layer + 1, from, to, 3 * layer + 1),
    feed: (_states, from, to, layer) => note(3 * layer + 2, from, to, 3 * layer + 1),
  };
  return openHalves(kernel, places, 0, control);
}

if (!isMainThread) openNoting(workerData as Notes, 2).follow();
