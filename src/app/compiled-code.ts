import nodeModule from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { userCacheFolder } from '../platform/user-folders/index.ts';

/**
 * Has Node keep what it compiles of Troupe, so that the next start need not compile it again: a fifth of a start's work. It is
 * kept in the user's own folder, not in the temporary one that others can write to. Where it cannot be kept, a start only
 * takes longer.
 */
export function keepCompiledCode(): void {
  const { env, platform } = process;
  // Asked of the module, not imported by name: an older Node must get as far as being told that it is too old.
  nodeModule.enableCompileCache(join(userCacheFolder({ env, home: homedir(), platform }), 'compiled'));
}
