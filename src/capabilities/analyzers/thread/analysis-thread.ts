import { parentPort } from 'node:worker_threads';
import { toAppError } from '../../../kernel/index.ts';
import { openFileAnalyzer } from './analyze-file.ts';
import type { AnalysisJob, ThreadMessage } from './messages.ts';

// The entry of the analysis thread: one job at a time, one message for each file.
const port = parentPort!;
const send = (message: ThreadMessage) => port.postMessage(message);

port.on('message', (job: AnalysisJob) => void work(job));

async function work(job: AnalysisJob): Promise<void> {
  try {
    const { applied, analyze } = await openFileAnalyzer(job);
    send({ type: 'ready', applied });
    for (const file of job.files) send({ type: 'file', result: await analyze(file) });
    send({ type: 'done' });
  } catch (error) {
    send({ type: 'failed', error: toAppError(error).toWire() });
  }
}
