import { Worker } from 'node:worker_threads';
import { ownFile } from '../../../kernel/index.ts';
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

const entry = ownFile(import.meta.url, { source: './partner-thread.ts', built: './partner-thread.js' });

/** It makes next to no objects. */
const maxYoungMb = 1;

/** Starts the thread; it ends with the one that started it. One that cannot start, or dies, only leaves the work undivided. */
export function startPartner(data: PartnerData): void {
  const worker = new Worker(entry, {
    workerData: data,
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: maxYoungMb },
  });
  worker.on('error', () => undefined);
  worker.unref();
}
