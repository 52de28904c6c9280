import { workerData } from 'node:worker_threads';
import { openHalves } from './halves.ts';
import { joinKernel } from './kernel.ts';
import type { PartnerData } from './partner.ts';

// The entry of the thread that takes halves of the work on a question. It is ended from outside.
const { parts, stackEnd, places, scratch, control } = workerData as PartnerData;
openHalves(joinKernel(parts, stackEnd), places, scratch, control).follow();
