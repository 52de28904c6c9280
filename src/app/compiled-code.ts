import { utimesSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import nodeModule from 'node:module';
import { join } from 'node:path';
import { isAppError, systemClock } from '../kernel/index.ts';
import { homeFolder, userCacheFolder } from '../platform/user-folders/index.ts';
import { readVersion } from './version.ts';

const keptUnusedDays = 30;
const dayMs = 86_400_000;

/**
 * Has Node keep what it compiles of Troupe, so that the next start need not compile it again: a fifth of a start's work. It is
 * kept in the user's own folder, not in the temporary one that others can write to, each version's for itself. Where it
 * cannot be kept, a start only takes longer. The first start of a version removes what is kept of versions that were not
 * started for 30 days.
 */
export function keepCompiledCode(): void {
  const { env, platform } = process;
  try {
    const kept = join(userCacheFolder({ env, home: homeFolder(), platform }), 'compiled');
    const version = readVersion();
    const wasUsed = markUsed(join(kept, version));
    // Asked of the module, not imported by name: an older Node must get as far as being told that it is too old.
    const { status } = nodeModule.enableCompileCache(join(kept, version));
    const isKept = status === nodeModule.constants.compileCacheStatus.ENABLED;
    // Nothing waits for it, and nobody is told of a folder that cannot be removed: the next version tries again.
    if (isKept && !wasUsed) void removeUnused(kept, version).catch(() => undefined);
  } catch (error) {
    // Who needs the home folder says so; help and version do not.
    if (!isAppError(error, 'user.no_home')) throw error;
  }
}

/** Notes that a version was started now; false where nothing is kept of it yet. */
function markUsed(folder: string): boolean {
  const nowSeconds = systemClock.now() / 1_000;
  try {
    utimesSync(folder, nowSeconds, nowSeconds);
    return true;
  } catch {
    return false;
  }
}

async function removeUnused(kept: string, version: string): Promise<void> {
  const unusedSince = systemClock.now() - keptUnusedDays * dayMs;
  for (const name of await readdir(kept)) {
    const folder = join(kept, name);
    if (name === version || (await stat(folder)).mtimeMs > unusedSince) continue;
    await rm(folder, { recursive: true, force: true });
  }
}
