import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Characters parsed between two collections. A tree takes roughly two hundred times its text. */
const charactersBetween = 150_000;

/**
 * Returns a function to call with the size of each file that was parsed. Syntax trees live outside the collector's
 * sight: it sees small handles and lets gigabytes pile up, so it is told when to run.
 */
export function treeCollector(): (characters: number) => Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let parsed = 0;
  return async (characters) => {
    parsed += characters;
    if (parsed < charactersBetween) return;
    parsed = 0;
    collect();
    // Finalizers of native handles run on a later turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
  };
}
