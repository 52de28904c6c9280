import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { contains, readRegularFile } from '../files/index.ts';
import { borrowedHistory } from './borrowed-history.ts';
import { gitErrors } from './errors.ts';
import { findGit } from './find-git.ts';
import { runGit, unexpectedExit, type GitContext } from './run-git.ts';

/** A file that holds one path is no larger. */
const maxPathBytes = 100_000;

export interface RepositoryOptions {
  /** Real path of the project's root: the work tree's or a folder in it. */
  root: string;
  /** Default: this process's environment. Only what git needs is passed on. */
  env?: NodeJS.ProcessEnv;
  /** Longest time of one git call, milliseconds (`git.timeout_ms`). Default 30,000. */
  timeoutMs?: number;
  signal?: AbortSignal | undefined;
}

export interface OpenOptions extends RepositoryOptions {
  /** Whether to look at the index that git names to its hooks, where it lies in the repository. */
  hookIndex?: boolean;
}

/**
 * Makes a repository safe to look at: finds git outside the project, switches off each filter driver and hook that any
 * configuration names, and makes sure that the history belongs to this work tree.
 * Errors: `git.not_installed`, `git.not_a_repository`, `git.foreign_repository`, `git.dubious_owner`, `git.timed_out`,
 * `git.failed`.
 */
export async function openRepository(options: OpenOptions): Promise<GitContext> {
  const { root, env = process.env, timeoutMs = 30_000, signal } = options;
  const program = findGit(env, root);
  if (program === undefined) throw gitErrors.make('git.not_installed', { reason: 'it is not on the PATH' });
  const plain: GitContext = { program, root, env, overrides: [], timeoutMs, signal };
  await requireVersion(plain);
  const settings = await readGitConfig(plain);
  const context = { ...plain, overrides: driversOff(settings.keys()) };
  const { topLevel, gitDir } = await requireOwnHistory(context, settings.get('core.worktree'));
  const named = options.hookIndex === true ? env['GIT_INDEX_FILE'] : undefined;
  if (named === undefined) return context;
  const indexFile = await realpath(path.resolve(topLevel, named)).catch(() => undefined);
  const isOwn = indexFile !== undefined && contains(gitDir, indexFile);
  return isOwn ? { ...context, indexFile } : context;
}

/** Older ones do not know configuration in variables, and would ignore all that is switched off. */
async function requireVersion(context: GitContext): Promise<void> {
  const { stdout } = await runGit(context, ['version'], 1_000);
  const [, major, minor] = /(\d+)\.(\d+)/.exec(stdout.toString()) ?? [];
  if (Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 31)) return;
  throw gitErrors.make('git.not_installed', {
    reason: `its version is ${major ?? '?'}.${minor ?? '?'}, too old`,
  });
}

/** All configuration in force, last value of each key. Reading it runs nothing. */
async function readGitConfig(context: GitContext): Promise<Map<string, string>> {
  const output = await runGit(context, ['config', '--list', '-z']);
  if (output.exitCode !== 0 || output.truncated) throw unexpectedExit('config', output);
  const entries = output.stdout.toString().split('\0').filter(Boolean);
  return new Map(
    entries.map((entry) => {
      const end = entry.indexOf('\n');
      return end < 0 ? [entry, 'true'] : [entry.slice(0, end), entry.slice(end + 1)];
    }),
  );
}

/** Filters run on the work tree's files even for a diff, and have no switch of their own. */
function driversOff(keys: Iterable<string>): [string, string][] {
  const drivers = new Set<string>();
  const hooks = new Set<string>();
  for (const key of keys) {
    const [, section, name] = /^(filter|hook)\.(.*)\.[^.]*$/s.exec(key) ?? [];
    if (section !== undefined && name !== undefined) (section === 'filter' ? drivers : hooks).add(name);
  }
  return [
    ...[...drivers].flatMap((name): [string, string][] => [
      [`filter.${name}.clean`, ''],
      [`filter.${name}.smudge`, ''],
      [`filter.${name}.process`, ''],
      [`filter.${name}.required`, 'false'],
    ]),
    ...[...hooks].map((name): [string, string] => [`hook.${name}.enabled`, 'false']),
  ];
}

/**
 * A project's `.git` may lead anywhere, also to another repository of this user, whose history a diff would show. It
 * must lie in the work tree, or name this work tree itself, as linked worktrees and submodules do; and take its history
 * from nowhere else.
 */
async function requireOwnHistory(
  context: GitContext,
  configuredWorkTree: string | undefined,
): Promise<{ topLevel: string; gitDir: string }> {
  const { topLevel, ...named } = await placesOf(context);
  const real = (place: string) => realpath(place).catch(() => undefined);
  const workTree = await real(topLevel);
  const gitDir = await real(named.gitDir);
  const commonDir = await real(path.resolve(context.root, named.commonDir));
  const foreign = (place: string) => gitErrors.make('git.foreign_repository', { gitDir: place });
  if (workTree === undefined || gitDir === undefined || commonDir === undefined) throw foreign(named.gitDir);
  const isInside = [gitDir, commonDir].every((place) => contains(workTree, place));
  const knows = async () =>
    gitDir === commonDir
      ? configuredWorkTree !== undefined &&
        (await real(path.resolve(gitDir, configuredWorkTree))) === workTree
      : path.dirname(gitDir) === path.join(commonDir, 'worktrees') && (await linkedTree(gitDir)) === workTree;
  if (!contains(workTree, context.root) || !(isInside || (await knows()))) throw foreign(named.gitDir);
  const borrowed = await borrowedHistory(gitDir, commonDir);
  if (borrowed !== undefined) throw foreign(borrowed);
  return { topLevel, gitDir };
}

/** Where git finds the repository, as it names the places. */
async function placesOf(context: GitContext) {
  const { root } = context;
  const output = await runGit(context, [
    'rev-parse',
    '--show-toplevel',
    '--absolute-git-dir',
    '--git-common-dir',
  ]);
  if (/dubious ownership|unsafe repository/.test(output.stderr))
    throw gitErrors.make('git.dubious_owner', { root });
  const [topLevel, gitDir, commonDir, end] = output.stdout.toString().split('\n');
  if (output.exitCode !== 0 || !topLevel || !gitDir || !commonDir || end !== '') {
    if (/not a git repository|must be run in a work tree|cannot use bare repository/.test(output.stderr)) {
      throw gitErrors.make('git.not_a_repository', { root });
    }
    throw unexpectedExit('rev-parse', output);
  }
  return { topLevel, gitDir, commonDir };
}

/** The work tree that a linked one's part of the main repository names. Only the main repository's owner writes there. */
async function linkedTree(gitDir: string): Promise<string | undefined> {
  const content = readRegularFile(path.join(gitDir, 'gitdir'), maxPathBytes);
  if (content.kind !== 'text') return undefined;
  const file = path.resolve(gitDir, content.bytes.toString('utf8').trim());
  return realpath(path.dirname(file)).catch(() => undefined);
}
