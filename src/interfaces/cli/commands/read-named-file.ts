import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { cliErrors } from '../errors.ts';

/** How often a named pipe is looked at that has nothing to read, milliseconds. */
const pollMs = 50;
const chunkBytes = 65_536;

/**
 * The text of a file, or of a named pipe to its end; a pipe that nobody writes to yet is waited for. Ends with the
 * signal: a pipe is opened so that it cannot block, which no signal could end. `file` is what people call it.
 * Errors: `cli.context_too_large`; the system's; the signal's reason.
 */
export async function readNamedFile({
  file: name,
  path,
  maxBytes,
  signal,
}: {
  file: string;
  path: string;
  maxBytes: number;
  signal: AbortSignal;
}): Promise<string> {
  const tooLarge = (sizeBytes: number | undefined) =>
    cliErrors.make('cli.context_too_large', { file: name, sizeBytes, limitBytes: maxBytes });
  // Windows knows no such flag, and no such pipes.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const facts = await file.stat();
    if (facts.size > maxBytes) throw tooLarge(facts.size);
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    // The end of a pipe before anybody opened it for writing is none.
    let hasWriter = !facts.isFIFO();
    for (;;) {
      signal.throwIfAborted();
      const chunk = await nextChunk(file);
      if (chunk?.length === 0 && hasWriter) return Buffer.concat(chunks).toString('utf8');
      hasWriter ||= chunk === undefined || chunk.length > 0;
      if (chunk === undefined || chunk.length === 0) {
        await wait(pollMs, undefined, { signal }).catch(() => undefined);
        continue;
      }
      chunks.push(chunk);
      sizeBytes += chunk.length;
      if (sizeBytes > maxBytes) throw tooLarge(undefined);
    }
  } finally {
    await file.close();
  }
}

/** What comes next, nothing at the end; `undefined` when a writer has not written it yet. */
async function nextChunk(file: FileHandle): Promise<Buffer | undefined> {
  try {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, null);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return undefined;
    throw error;
  }
}
