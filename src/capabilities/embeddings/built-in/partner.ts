import { Worker } from 'node:worker_threads';
import type { RunPlaces } from './halves.ts';
import type { KernelParts } from './kernel.ts';

/** What a partner's thread begins with. */
export interface PartnerData {
  parts: KernelParts;
  stackEnd: number;
  places: RunPlaces;
  scratch: number;
  control: Int32Array<SharedArrayBuffer>;
}

const file = import.meta.url.endsWith('.ts') ? './partner-thread.ts' : './partner-thread.js';

/** It makes next to no objects. */
const maxYoungMb = 1;

/** Starts the thread; it ends with the one that started it. One that cannot start, or dies, only leaves the work undivided. */
export function startPartner(data: PartnerData): void {
  const worker = new Worker(new URL(file, import.meta.url), {
    workerData: data,
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: maxYoungMb },
  });
  worker.on('error', () => undefined);
  worker.unref();
}
