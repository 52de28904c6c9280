import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { toAppError } from '../../../kernel/index.ts';
import type { EmbeddingKind } from '../embedder.ts';
import type { Engine } from './engine.ts';
import { openLineOfCalls, type WaitingText } from './line-of-calls.ts';
import type { FromThread, ThreadModel, ToThread } from './messages.ts';

// The entry of the embedding thread: one model, queries before passages, one message for each text.
const port = parentPort!;
const line = openLineOfCalls();
const opening = openEngine(workerData as ThreadModel);
let working = false;

port.on('message', (message: ToThread) => {
  line.take(message);
  if (!working) void work();
});

async function openEngine(model: ThreadModel): Promise<Engine> {
  if (model.engine === 'built-in') {
    const { openBuiltInEngine } = await import('../built-in/built-in-engine.ts');
    return openBuiltInEngine(model.folder);
  }
  const { openOnnxEngine } = await import('../onnx/onnx-engine.ts');
  return openOnnxEngine(model.model);
}

async function work(): Promise<void> {
  working = true;
  for (;;) {
    const query = line.next('query');
    const next = query ?? line.next('passage');
    if (next === undefined) break;
    await embed(next, query === undefined ? 'passage' : 'query');
  }
  working = false;
}

async function embed({ call, text }: WaitingText, kind: EmbeddingKind): Promise<void> {
  try {
    const engine = await opening;
    // Only passages are interrupted: a query within a query would use its lane and be answered before it.
    const pause = kind === 'query' ? () => undefined : () => serveQueries(engine);
    answer(call, await engine.embed(text, kind, pause));
  } catch (error) {
    fail(call, error);
  }
}

/** In the middle of a passage: looks what has come meanwhile, and answers the queries among it. */
function serveQueries(engine: Engine): void {
  for (let got = receiveMessageOnPort(port); got !== undefined; got = receiveMessageOnPort(port)) {
    line.take(got.message as ToThread);
  }
  for (let query = line.next('query'); query !== undefined; query = line.next('query')) {
    try {
      answer(query.call, engine.embed(query.text, 'query', () => undefined) as Float32Array);
    } catch (error) {
      fail(query.call, error);
    }
  }
}

function answer(call: number, vector: Float32Array): void {
  send({ type: 'embedded', call, vector: new Float32Array(vector) });
}

function fail(call: number, error: unknown): void {
  line.drop(call);
  send({ type: 'failed', call, error: toAppError(error).toWire() });
}

function send(message: FromThread): void {
  port.postMessage(message);
}
