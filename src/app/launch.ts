import { homedir, tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { LaunchOptions, Places } from '../capabilities/setup/index.ts';

/** The script that starts troupe: the bundle, or the source when that is what runs. */
const entryScript = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './main.ts' : './troupe.js', import.meta.url),
);

/** The guides that ship: beside the sources, and beside the bundle. */
export const guidesFolder = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../docs/guides/' : '../docs/guides/', import.meta.url),
);

/** How this installation is started, as far as this process knows. */
export function launchOptions({ root, env }: Pick<Places, 'root' | 'env'>): LaunchOptions {
  return {
    root,
    entry: entryScript,
    execPath: process.execPath,
    env,
    platform: process.platform,
    temporaryFolder: tmpdir(),
  };
}

/** What the configurations of clients lie relative to. */
export function placesOf(root: string, env: NodeJS.ProcessEnv): Places {
  return { root, home: homedir(), env, platform: process.platform };
}
