import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import type { Clock } from '../../../kernel/index.ts';
import { openDownload, type Download } from '../../models/index.ts';
import type { KnownFile } from '../catalogue/known-models.ts';
import { embeddingErrors } from '../errors.ts';

export interface FileDownload {
  url: URL;
  /** Where the file goes; what has come of it so far waits beside it, with `.part` at its end. */
  target: string;
  file: KnownFile;
  idleTimeoutMs: number;
  clock: Clock;
  env: NodeJS.ProcessEnv;
  signal?: AbortSignal | undefined;
  /** Hears how many bytes of the file are here. */
  onBytes: (receivedBytes: number) => void;
}

const connectTimeoutMs = 10_000;
/** Longest time of one file, milliseconds; the wait for each byte has its own limit. */
const callTimeoutMs = 6 * 3_600_000;

/** Makes sure that the known file is at its target. Errors: see `pullModel`. */
export async function downloadFile(download: FileDownload): Promise<void> {
  const { file, target, url } = download;
  if ((await sizeOf(target)) === file.sizeBytes && (await sha256Of(target)) === file.sha256) {
    return download.onBytes(file.sizeBytes);
  }
  const part = `${target}.part`;
  try {
    await receive(download, part);
  } catch (error) {
    download.signal?.throwIfAborted();
    const receivedBytes = await sizeOf(part);
    const facts = { file: file.name, host: url.host, reason: reasonOf(error), receivedBytes };
    throw embeddingErrors.make('embeddings.download_failed', facts, { cause: error });
  }
  const got = await sha256Of(part);
  if (got !== file.sha256) {
    await rm(part, { force: true });
    const facts = { file: file.name, host: url.host, expected: file.sha256, got };
    throw embeddingErrors.make('embeddings.wrong_hash', facts);
  }
  await rename(part, target);
}

async function receive(download: FileDownload, part: string): Promise<void> {
  const { file, url, idleTimeoutMs, clock, env, signal, onBytes } = download;
  const hereBytes = await sizeOf(part);
  if (hereBytes === file.sizeBytes) return onBytes(hereBytes);
  const answer = await openDownload(url, {
    headers: hereBytes > 0 && hereBytes < file.sizeBytes ? { range: `bytes=${hereBytes}-` } : {},
    limits: { connectTimeoutMs, idleTimeoutMs, callTimeoutMs },
    clock,
    env,
    signal,
  });
  if (answer.status !== 200 && answer.status !== 206) throw new Error(`status ${answer.status}`);
  const goesOn = answer.status === 206 && continuesAt(answer, hereBytes);
  if (answer.status === 206 && !goesOn) throw new Error('the server sent another part than was asked for');
  await write(answer, part, { fromBytes: goesOn ? hereBytes : 0, limitBytes: file.sizeBytes, onBytes });
}

async function write(
  answer: Download,
  part: string,
  {
    fromBytes,
    limitBytes,
    onBytes,
  }: { fromBytes: number; limitBytes: number; onBytes: (bytes: number) => void },
): Promise<void> {
  const handle = await open(part, fromBytes > 0 ? 'a' : 'w');
  let receivedBytes = fromBytes;
  try {
    for await (const chunk of answer.body) {
      receivedBytes += chunk.byteLength;
      if (receivedBytes > limitBytes) break;
      await handle.writeFile(chunk);
      onBytes(receivedBytes);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  if (receivedBytes < limitBytes) throw new Error(`it ended after ${receivedBytes} of ${limitBytes} bytes`);
}

function continuesAt({ headers }: Download, fromBytes: number): boolean {
  return headers['content-range']?.startsWith(`bytes ${fromBytes}-`) ?? false;
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest('hex');
}

/** A system's code says it best (ENOSPC, ECONNRESET); else the message. */
function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return typeof code === 'string' ? code : String(message ?? error);
}
