import { open, stat, unlink } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { personaErrors } from '../errors.ts';

/** A change takes milliseconds; a lock that stays longer was left by a command that was killed in one. */
const longestWaitMs = 2_000;
const pauseMs = 20;
/** What the system says of a lock that is there; Windows says EPERM or EACCES of one that is being removed. */
const heldCodes = new Set(['EEXIST', 'EPERM', 'EACCES']);

/**
 * Does what must be done by one command at a time on this machine, with a file beside `path` as the lock. Of many commands
 * each gets its turn, however long the others take together.
 * Errors: `personas.trust_locked` when the lock stays, those of `work`, and of the system where none can be made.
 */
export async function whileLocked<T>(path: string, work: () => Promise<T>): Promise<T> {
  const lock = `${path}.lock`;
  let holder: string | undefined;
  for (let waitedMs = 0; !(await taken(lock, waitedMs)); waitedMs += pauseMs) {
    await pause(pauseMs);
    const now = await holderOf(lock);
    if (now === holder) continue;
    holder = now;
    waitedMs = 0;
  }
  try {
    return await work();
  } finally {
    await unlink(lock);
  }
}

async function taken(lock: string, waitedMs: number): Promise<boolean> {
  try {
    const handle = await open(lock, 'wx', 0o600);
    await handle.close();
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (!heldCodes.has(code) || (code !== 'EEXIST' && waitedMs >= longestWaitMs)) throw error;
    if (waitedMs >= longestWaitMs)
      throw personaErrors.make('personas.trust_locked', { lock, waitedMs }, { cause: error });
    return false;
  }
}

/** Which lock it is, of those that follow each other there; `undefined` when there is none. */
async function holderOf(lock: string): Promise<string | undefined> {
  const facts = await stat(lock, { bigint: true }).catch(() => undefined);
  return facts && `${facts.ino}:${facts.ctimeNs}`;
}
