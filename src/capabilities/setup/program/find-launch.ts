import { execFile } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { contains, leadsInto } from '../../../platform/files/index.ts';
import type { Launch } from './launch.ts';

/** What is known of the running process. */
export interface LaunchOptions {
  /** Absolute path of the script that starts troupe. */
  entry: string;
  /** Absolute path of the running Node. */
  execPath: string;
  env: NodeJS.ProcessEnv;
  /** The project; a Node in it is none of the machine's, and is not run. */
  root: string;
  platform: NodeJS.Platform;
  /** Folder for temporary files; what lies there does not last. */
  temporaryFolder: string;
}

/** Oldest Node that runs troupe. */
const minMajor = 24;
/** Longest wait for one `node --version`, milliseconds. */
const versionTimeoutMs = 5_000;

/**
 * Paths that an IDE can start troupe by, whatever its own PATH is. A Node that is part of somebody's `node_modules`, of
 * npx's cache or of a temporary folder goes with it, so one that stays is preferred; where there is none, a warning says so.
 */
export async function findLaunch(options: LaunchOptions): Promise<Launch> {
  const { entry, execPath } = options;
  const warnings: string[] = [];
  if (segmentsOf(entry).includes('_npx'))
    warnings.push(
      `${entry} lies in a cache that npm may empty; install troupe from its folder (npm install --global <folder of the package>) and run init again.`,
    );
  const command = await stableNode(options);
  if (command === undefined) warnings.push(goesWith(options));
  return { command: command ?? execPath, entry, warnings };
}

async function stableNode(options: LaunchOptions): Promise<string | undefined> {
  const { execPath, env, root, platform } = options;
  const onPath = searchPath(env, platform)
    .map((folder) => path.join(folder, platform === 'win32' ? 'node.exe' : 'node'))
    .filter(
      (candidate) =>
        !belongsToPackage(candidate) && !vanishes(candidate, options) && !leadsInto(root, candidate),
    );
  const running = await realpath(execPath).catch(() => execPath);
  // A name on the PATH stays the same when its target is updated.
  for (const candidate of onPath) {
    const real = await realpath(candidate).catch(() => undefined);
    if (real === running && !belongsToPackage(running)) return candidate;
  }
  if (!belongsToPackage(execPath) && !vanishes(execPath, options)) return execPath;
  for (const candidate of onPath) {
    const real = await realpath(candidate).catch(() => undefined);
    if (real !== undefined && !belongsToPackage(real) && (await majorOf(candidate)) >= minMajor)
      return candidate;
  }
  return undefined;
}

/** What a Node that does not stay depends on. */
function goesWith({ entry, execPath }: LaunchOptions): string {
  const [folder = ''] = execPath.split(/[\\/]node_modules[\\/]/);
  const isOwn = folder !== execPath && contains(folder, entry);
  return isOwn
    ? `The Node in use, ${execPath}, lies in ${folder}: when that folder is moved or deleted, run init again.`
    : `The Node in use, ${execPath}, may disappear with the folder it lies in: install Node ${minMajor} or newer for this machine and run init again.`;
}

async function majorOf(node: string): Promise<number> {
  try {
    const { stdout } = await promisify(execFile)(node, ['--version'], { timeout: versionTimeoutMs });
    return Number(/^v(\d+)\./.exec(stdout)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function searchPath(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  const name = Object.keys(env).find((key) => (platform === 'win32' ? key.toUpperCase() : key) === 'PATH');
  const folders = (name === undefined ? undefined : env[name])?.split(path.delimiter) ?? [];
  return folders.filter((folder) => path.isAbsolute(folder));
}

const segmentsOf = (file: string) => file.split(/[\\/]/);

const belongsToPackage = (file: string) => segmentsOf(file).includes('node_modules');

/** npx's cache, one shell's view of a version manager, and temporary folders. */
function vanishes(file: string, { temporaryFolder }: LaunchOptions): boolean {
  const parts = segmentsOf(file);
  return contains(temporaryFolder, file) || parts.includes('_npx') || parts.includes('fnm_multishells');
}
