import nodeModule from 'node:module';
import { join } from 'node:path';
import { isAppError } from '../kernel/index.ts';
import { homeFolder, userCacheFolder } from '../platform/user-folders/index.ts';

/**
 * Has Node keep what it compiles of Troupe, so that the next start need not compile it again: a fifth of a start's work. It is
 * kept in the user's own folder, not in the temporary one that others can write to. Where it cannot be kept, a start only
 * takes longer.
 */
export function keepCompiledCode(): void {
  const { env, platform } = process;
  try {
    const folder = join(userCacheFolder({ env, home: homeFolder(), platform }), 'compiled');
    // Asked of the module, not imported by name: an older Node must get as far as being told that it is too old.
    nodeModule.enableCompileCache(folder);
  } catch (error) {
    // Who needs the home folder says so; help and version do not.
    if (!isAppError(error, 'user.no_home')) throw error;
  }
}
