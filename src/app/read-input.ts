import { fstatSync } from 'node:fs';
import { text } from 'node:stream/consumers';

/** How long an open but silent pipe is listened to, milliseconds. */
const patienceMs = 500;

/**
 * What was piped in. A program that starts troupe often leaves its pipe open and says nothing; reading to the end
 * would wait for ever. So a silent pipe is given up after half a second, unless `wait` says that text will come.
 * `silent` means it was given up; `isEmpty` that a pipe of the shell or a file ended without text, which programs that
 * start troupe with nothing to say do not give.
 */
export async function readInput(
  stdin: typeof process.stdin,
  wait: boolean,
): Promise<{ text: string | undefined; silent: boolean; isEmpty: boolean }> {
  if (stdin.isTTY || !isOpen(stdin.fd)) return { text: undefined, silent: false, isEmpty: false };
  const kind = fstatSync(stdin.fd);
  if (!wait && !kind.isFile() && !(await speaks(stdin))) {
    stdin.destroy();
    return { text: undefined, silent: true, isEmpty: false };
  }
  const piped = await text(stdin);
  const hasText = piped.trim() !== '';
  const isEmpty = !hasText && (kind.isFIFO() || kind.isFile());
  return { text: hasText ? piped : undefined, silent: false, isEmpty };
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
    const timer = setTimeout(() => answer(false), patienceMs);
    stdin.once('readable', onReadable);
    stdin.once('end', onReadable);
  });
}
