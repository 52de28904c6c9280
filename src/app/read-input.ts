import { fstatSync } from 'node:fs';
import { addAbortSignal } from 'node:stream';
import { cliErrors, type InputOptions } from '../interfaces/cli/index.ts';

/** How long an open but silent pipe is listened to, milliseconds. */
const patienceMs = 500;

/**
 * What was piped in. A program that starts troupe often leaves its pipe open and says nothing; reading to the end
 * would wait for ever. So a silent pipe is given up after half a second, unless `wait` says that text will come.
 * `silent` means it was given up; `isEmpty` that a pipe of the shell or a file ended without text, which programs that
 * start troupe with nothing to say do not give. Errors: `cli.context_too_large`; the signal's reason.
 */
export async function readInput(
  stdin: typeof process.stdin,
  { wait, maxBytes, signal }: InputOptions,
): Promise<{ text: string | undefined; silent: boolean; isEmpty: boolean }> {
  if (stdin.isTTY || !isOpen(stdin.fd)) return { text: undefined, silent: false, isEmpty: false };
  const kind = fstatSync(stdin.fd);
  if (!wait && !kind.isFile() && !(await speaks(stdin))) {
    stdin.destroy();
    return { text: undefined, silent: true, isEmpty: false };
  }
  const piped = await textOf(stdin, maxBytes, signal);
  const hasText = piped.trim() !== '';
  const isEmpty = !hasText && (kind.isFIFO() || kind.isFile());
  return { text: hasText ? piped : undefined, silent: false, isEmpty };
}

async function textOf(stdin: typeof process.stdin, maxBytes: number, signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of addAbortSignal(signal, stdin) as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      sizeBytes += chunk.length;
      if (sizeBytes > maxBytes)
        throw cliErrors.make('cli.context_too_large', {
          file: '-',
          sizeBytes: undefined,
          limitBytes: maxBytes,
        });
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function isOpen(fd: number): boolean {
  try {
    fstatSync(fd);
    return true;
  } catch {
    return false;
  }
}

/** Whether the first bytes, or the end, come in time. */
function speaks(stdin: typeof process.stdin): Promise<boolean> {
  return new Promise((resolve) => {
    const answer = (spoke: boolean) => {
      clearTimeout(timer);
      stdin.off('readable', onReadable);
      stdin.off('end', onReadable);
      resolve(spoke);
    };
    const onReadable = () => answer(true);
    // After a standstill of this process time is up before what came meanwhile has been looked at: that comes first.
    const timer = setTimeout(() => setImmediate(() => answer(false)), patienceMs);
    stdin.once('readable', onReadable);
    stdin.once('end', onReadable);
  });
}
