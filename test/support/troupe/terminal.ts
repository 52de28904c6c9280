import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { TestContext } from 'node:test';
import { afterwards } from '../../../src/platform/files/testing.ts';
import { troupeCommand, type StartedIn } from './troupe-process.ts';

/** A person at a terminal who runs one command. */
export interface TerminalSession {
  /** Everything the terminal shows so far, without colour codes and carriage returns. */
  screen(): string;
  /** Resolves to the screen once it matches; rejects when the command ends without. */
  until(pattern: RegExp): Promise<string>;
  /** Types a line and presses return. */
  type(line: string): void;
  finished: Promise<{ code: number | null; screen: string }>;
}

/**
 * Runs `troupe …` on a pseudo-terminal, as a person does: standard input, output and error are that terminal. It comes
 * from `script`, which Linux and macOS have in their base system.
 */
export function atTerminal(
  t: Pick<TestContext, 'after'>,
  project: StartedIn,
  args: readonly string[],
  env: Record<string, string> = {},
): TerminalSession {
  const { command, args: all } = troupeCommand(args, project);
  const words = [command, ...all];
  const child = spawn('script', process.platform === 'darwin' ? bsdArguments(words) : linuxArguments(words), {
    cwd: project.root,
    env: { ...project.env, TERM: 'xterm', NO_COLOR: '1', SHELL: '/bin/sh', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let shown = '';
  const listeners = new Set<() => void>();
  const news = () => listeners.forEach((listener) => listener());
  child.stdin.on('error', () => undefined);
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    news();
  });
  let ended = false;
  const finished = once(child, 'close').then(([code]) => {
    ended = true;
    news();
    return { code: code as number | null, screen: screen() };
  });
  afterwards(t, async () => {
    child.kill('SIGKILL');
    await finished;
  });

  const screen = () => plain(shown);
  return {
    screen,
    type: (line) => void child.stdin.write(`${line}\r`),
    finished,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (pattern.test(screen())) resolve(screen());
          else if (ended) reject(new Error(`the command ended without ${String(pattern)}:\n${screen()}`));
          else return;
          listeners.delete(look);
        };
        listeners.add(look);
        look();
      }),
  };
}

/** Exit code of the command, flushed at each write, no file. */
const linuxArguments = (words: readonly string[]) => ['-qefc', words.map(quoted).join(' '), '/dev/null'];
const bsdArguments = (words: readonly string[]) => ['-q', '/dev/null', ...words];

const quoted = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;

// Colour, cursor moves and line rewrites of a terminal.
// eslint-disable-next-line no-control-regex
const controls = /\u001b\[[0-9;?]*[ -/]*[@-~]|\u001b\][^\u0007]*\u0007|\r/g;
const plain = (text: string) => text.replaceAll(controls, '');
