import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { ownFile } from '../kernel/index.ts';
import { homeFolder } from '../platform/user-folders/index.ts';
import type { LaunchOptions, Places } from '../capabilities/setup/index.ts';

/** The script that starts troupe: the bundle, or the source when that is what runs. */
const entryScript = fileURLToPath(ownFile(import.meta.url, { source: './main.ts', built: './troupe.js' }));

/** The guides that ship: beside the sources, and beside the bundle. */
export const guidesFolder = fileURLToPath(
  ownFile(import.meta.url, { source: '../../docs/guides/', built: '../docs/guides/' }),
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
  return { root, home: homeFolder(), env, platform: process.platform };
}
