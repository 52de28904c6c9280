import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { afterwards } from '../../../src/platform/files/testing.ts';
import { LineLog } from '../mcp/desk-process.ts';
import type { ExampleProject } from './example-project.ts';

const repository = resolve(import.meta.dirname, '../../..');
const loopbackOnly = pathToFileURL(resolve(repository, 'test/runner/loopback-only.ts')).href;

/** The built program that the test runner names; without it, as when one file is run by itself, the sources. */
const entry = process.env['TESTED_TROUPE'] ?? resolve(repository, 'src/app/main.ts');

/** Program and arguments that run the command line; it reaches nothing but this machine. */
export function troupeCommand(
  args: readonly string[],
  { startedBy = [] }: Pick<ExampleProject, 'startedBy'> = {},
): { command: string; args: string[] } {
  const [command, ...all] = [...startedBy, process.execPath, '--import', loopbackOnly, entry, ...args];
  return { command: command!, args: all };
}

/** What a process is started with. */
export type StartedIn = Pick<ExampleProject, 'root' | 'env' | 'startedBy'>;

export interface Finished {
  /** `null` when a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface TroupeProcess {
  child: ChildProcessByStdio<Writable, Readable, Readable>;
  out: LineLog;
  err: LineLog;
  finished: Promise<Finished>;
  /** Ends it as a crash would, and resolves once it is gone. */
  crash(): Promise<void>;
}

/** What still runs. A worker does not end with whoever started it, so a test process that is ended ends them. */
const running = new Set<TroupeProcess['child']>();
process.once('SIGTERM', () => {
  for (const child of running) child.kill('SIGKILL');
  process.kill(process.pid, 'SIGTERM');
});

/** Starts `troupe …` in the project's folder; killed at the test's end if it still runs. */
export function startTroupe(
  t: Pick<TestContext, 'after'>,
  project: StartedIn,
  args: readonly string[],
  env: Record<string, string> = {},
): TroupeProcess {
  const { command, args: all } = troupeCommand(args, project);
  const child = spawn(command, all, {
    cwd: project.root,
    env: { ...project.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.stdin.on('error', () => undefined);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const out = new LineLog(child.stdout);
  const err = new LineLog(child.stderr);
  const finished = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }));
  const crash = async () => {
    child.kill('SIGKILL');
    await finished;
  };
  afterwards(t, crash);
  return { child, out, err, finished, crash };
}

/** Runs `troupe …` to its end, without input. */
export async function runTroupe(
  t: Pick<TestContext, 'after'>,
  project: StartedIn,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Finished> {
  const started = startTroupe(t, project, args, env);
  started.child.stdin.end();
  return started.finished;
}
