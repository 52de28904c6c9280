import { join, resolve } from 'node:path';
import { build } from 'tsdown';
import productConfig from '../../tsdown.config.ts';

export interface PeerFiles {
  echo: string;
  definitions: string;
  listing: string;
}

const root = resolve(import.meta.dirname, '../..');
/** Inside the repository, so that what the product's build leaves in `node_modules` is found by the peers too. */
const outDir = join(root, 'node_modules/.cache/bench-mcp');

/** Builds the peers with the product's own build settings; only entry and place differ. */
export async function buildPeers(): Promise<PeerFiles> {
  const peers = join(import.meta.dirname, 'peers');
  const { hooks: _hooks, ...settings } = productConfig;
  await build({
    ...settings,
    config: false,
    cwd: root,
    entry: {
      echo: join(peers, 'echo-server.ts'),
      definitions: join(peers, 'definitions-server.ts'),
      listing: join(peers, 'listing-server.ts'),
    },
    outDir,
    clean: true,
    logLevel: 'error',
  });
  const built = (name: string) => join(outDir, `${name}.js`);
  return { echo: built('echo'), definitions: built('definitions'), listing: built('listing') };
}
