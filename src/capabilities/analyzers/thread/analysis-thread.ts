import { parentPort } from 'node:worker_threads';
import { toAppError } from '../../../kernel/index.ts';
import { openFileAnalyzer } from './analyze-file.ts';
import type { AnalysisJob, ThreadMessage } from './messages.ts';

// The entry of the analysis thread, or process: one job at a time, one message for each file.
const port = parentPort ?? process;
const send = (message: ThreadMessage) => {
  if (parentPort === null) process.send?.(message);
  else parentPort.postMessage(message);
};
port.on('message', (job: AnalysisJob) => void work(job));

async function work(job: AnalysisJob): Promise<void> {
  try {
    const { applied, sets, analyze } = await openFileAnalyzer(job, (rule) => send({ type: 'rule', rule }));
    send({ type: 'ready', applied, ...(sets === undefined ? {} : { sets }) });
    for (const file of job.files) send({ type: 'file', result: await analyze(file) });
    send({ type: 'done' });
  } catch (error) {
    send({ type: 'failed', error: toAppError(error).toWire() });
  }
}
