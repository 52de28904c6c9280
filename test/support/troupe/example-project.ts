import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { TestContext } from 'node:test';
import { afterwards } from '../../../src/platform/files/testing.ts';
import { testEnvironment } from '../../runner/test-environment.ts';

const checkout = resolve(import.meta.dirname, '../../../examples/checkout');

/** A project outside the repository, and the home of the person who works on it. */
export interface ExampleProject {
  /** Real path. */
  root: string;
  /** The person's configuration folder of Troupe. */
  configFolder: string;
  /** Environment of processes that work on it: no keys, a home of its own. */
  env: Record<string, string>;
  /** Program and arguments that start its processes in their place, where something does. */
  startedBy?: readonly string[];
  /** Adds a file, by its project-relative path. */
  write(path: string, text: string): Promise<void>;
  /** Adds the person's own configuration. */
  configure(yaml: string): Promise<void>;
}

/** A clean copy of the example shop, or an empty folder; gone after the test. */
export async function exampleProject(
  t: Pick<TestContext, 'after'>,
  options: { empty?: boolean } = {},
): Promise<ExampleProject> {
  const base = await realpath(await mkdtemp(join(tmpdir(), 'troupe-e2e-')));
  afterwards(t, () => rm(base, { recursive: true, force: true, maxRetries: 10 }));
  const root = join(base, 'project');
  const home = join(base, 'home');
  const configFolder = join(home, '.config', 'troupe');
  await mkdir(home);
  if (options.empty === true) await mkdir(root);
  else await cp(checkout, root, { recursive: true, filter: (path) => !/[\\/]\.agent-os/.test(path) });
  const inherited = Object.entries(testEnvironment(process.env)).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return {
    root,
    configFolder,
    env: {
      ...Object.fromEntries(inherited),
      // A project is looked for no further up than the home: what marks one may lie above, where temporary files go.
      HOME: base,
      USERPROFILE: base,
      XDG_CONFIG_HOME: join(home, '.config'),
      XDG_STATE_HOME: join(home, '.local', 'state'),
      XDG_CACHE_HOME: join(home, '.cache'),
      // Other processes' changes are noticed sooner than a person would need.
      TROUPE_JOBS_POLL_MS: '25',
    },
    write: (path, text) => writeDeep(join(root, path), text),
    configure: (yaml) => writeDeep(join(configFolder, 'config.yaml'), yaml),
  };
}

async function writeDeep(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
