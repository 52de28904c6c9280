import { spawn } from 'node:child_process';
import path from 'node:path';
import { gitErrors } from './errors.ts';
import type { GitProgram } from './find-git.ts';
import { gitEnvironment, type GitOverrides } from './git-environment.ts';

const maxErrorBytes = 10_000;

/** How git is run in one project. */
export interface GitContext {
  program: GitProgram;
  /** Real path of the folder that git works in. */
  root: string;
  env: NodeJS.ProcessEnv;
  overrides: GitOverrides;
  /** The index to look at, if it is not the repository's own. */
  indexFile?: string | undefined;
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

export interface GitOutput {
  exitCode: number;
  stdout: Buffer;
  stderr: string;
  /** Whether there was more than `maxBytes`; git was stopped there. */
  truncated: boolean;
}

/**
 * Runs one git command without a shell, hardened by `gitEnvironment`. `input` is its standard input; none by default.
 * `maxBytes` bounds the output kept. Errors: `git.not_installed`, `git.timed_out`, `git.failed` when it ends by a signal
 * or cannot start, the signal's reason. An exit code other than 0 is the caller's to judge.
 */
export function runGit(
  context: GitContext,
  args: readonly string[],
  maxBytes = 4_000_000,
  input?: string,
): Promise<GitOutput> {
  const { timeoutMs, signal } = context;
  const command = args[0] ?? '';
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const child = start(context, args);
    const kept: Buffer[] = [];
    let keptBytes = 0;
    let truncated = false;
    let stderr = '';
    let stoppedBy: Error | undefined;

    const stop = (reason: Error) => {
      stoppedBy ??= reason;
      child.kill('SIGKILL');
    };
    const onAbort = () => stop(signal!.reason as Error);
    const timer = setTimeout(
      () => stop(gitErrors.make('git.timed_out', { command, limitMs: timeoutMs })),
      timeoutMs,
    );
    signal?.addEventListener('abort', onAbort, { once: true });
    const settle = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };

    child.on('error', (error) => {
      settle();
      reject(notStarted(command, error));
    });
    // Where no file can be opened any more there are no pipes either; the error is on its way.
    if (child.pid === undefined) return;

    // git may end before it has read all of it; its exit code says whether that was right.
    child.stdin.on('error', () => undefined).end(input ?? '');
    child.stdout.on('data', (chunk: Buffer) => {
      const room = maxBytes - keptBytes;
      kept.push(chunk.subarray(0, room));
      keptBytes += Math.min(chunk.length, room);
      if (chunk.length <= room || truncated) return;
      truncated = true;
      child.kill('SIGKILL');
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(0, maxErrorBytes);
    });
    child.on('close', (exitCode, endedBy) => {
      settle();
      if (stoppedBy !== undefined) return reject(stoppedBy);
      const stdout = Buffer.concat(kept);
      if (truncated) return resolve({ exitCode: 0, stdout, stderr, truncated });
      if (exitCode === null)
        return reject(gitErrors.make('git.failed', { command, reason: `it ended by ${endedBy}` }));
      resolve({ exitCode, stdout, stderr, truncated });
    });
  });
}

function start(context: GitContext, args: readonly string[]) {
  const { program, root } = context;
  try {
    return spawn(program.file, ['-C', root, '--no-pager', ...args], {
      // Not the project, where Windows would look for libraries; `-C` takes git there.
      cwd: path.dirname(program.file),
      env: gitEnvironment(context),
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
  } catch (error) {
    // Such as arguments that are too long.
    throw notStarted(args[0] ?? '', error);
  }
}

function notStarted(command: string, error: unknown) {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
  const reason = `it could not be started (${code})`;
  return gitErrors.make('git.failed', { command, reason }, { cause: error });
}

/** The error for an exit code that was not expected. */
export function unexpectedExit(command: string, output: Pick<GitOutput, 'exitCode' | 'stderr'>) {
  const reason = output.stderr.split('\n')[0]?.slice(0, 200) || `exit code ${output.exitCode}`;
  return gitErrors.make('git.failed', { command, reason });
}
