import { statfs } from 'node:fs/promises';
import { findGit } from '../../../platform/git/index.ts';
import { ok, warning, type Finding } from './check.ts';

const bytesPerMb = 1_048_576;
/** Half of what a project's database may grow to by default (`database.refuse_at_mb`): less space is soon none. */
const littleSpaceMb = 500;

/** Which Node runs this. An older one does not get here. */
export function checkNode(version: string, execPath: string): Finding[] {
  return [ok('node', `Node ${version} (${execPath})`)];
}

/** Whether there is a git that the persona's tools may call. */
export function checkGit(env: NodeJS.ProcessEnv, root: string): Finding[] {
  const git = findGit(env, root);
  return git === undefined
    ? [
        warning(
          'git',
          'git is not on the PATH',
          'Install git; without it personas cannot read changes (git_diff).',
        ),
      ]
    : [ok('git', git.file)];
}

/** Space on the disk that holds the folder with the project's database; `disk` is what people call that disk. */
export async function checkDisk(folder: string, disk: string): Promise<Finding[]> {
  const facts = await statfs(folder).catch(() => undefined);
  if (facts === undefined) return [];
  const freeMb = Math.floor((facts.bavail * facts.bsize) / bytesPerMb);
  const message = `${freeMb.toLocaleString('en')} MB free on ${disk}`;
  return freeMb < littleSpaceMb
    ? [
        warning(
          'disk',
          message,
          `Free some space: below ${littleSpaceMb} MB jobs may soon fail to store their work.`,
        ),
      ]
    : [ok('disk', message)];
}
