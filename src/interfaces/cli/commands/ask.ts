import { counted, invoke, nearestNames } from '../../../kernel/index.ts';
import type { Severity } from '../../../capabilities/work/contract/index.ts';
import { parseInvocation } from '../../../capabilities/personas/index.ts';
import { cliCall, type CliHost, type CliSession, type GlobalOptions } from '../cli-host.ts';
import { cliErrors } from '../errors.ts';
import { renderWaiting } from '../render/render-waiting.ts';
import { diffFromHere, taskFromHere } from './from-here.ts';
import { readContext } from './read-context.ts';
import { operationNamed } from './run-operation.ts';
import { severities, workAndShow } from './show-outcome.ts';

export interface AskOptions {
  /** File whose text goes along; `-` for standard input. */
  context?: string;
  priority?: string;
  detach?: boolean;
  /** Least severity that makes the command fail. */
  failOn?: string;
  all?: boolean;
}

/** `troupe ask "@security review src"`: makes the job, works on it here, shows progress, prints the review. */
export async function ask<Deps>(
  host: CliHost<Deps>,
  words: readonly string[],
  given: AskOptions,
  options: GlobalOptions,
): Promise<number> {
  const failOn = severityOf(given.failOn);
  const session = await host.openSession(options);
  try {
    const { persona, task } = await addressee(session, words);
    const place = { root: session.root, cwd: host.cwd };
    const context = await contextOf(host, given.context, place);
    const started = (await invoke(
      operationNamed(host, 'personas.invoke'),
      {
        persona,
        task: await taskFromHere(task, place),
        ...(context === undefined ? {} : { context }),
        ...(given.priority === undefined ? {} : { priority: given.priority }),
      },
      { deps: await session.deps(), call: cliCall },
    )) as { job_id: string; notes?: string[] };
    if (given.detach === true) {
      host.terminal.out(options.json ? `${JSON.stringify(started, null, 2)}\n` : `${started.job_id}\n`);
      for (const note of options.json ? [] : (started.notes ?? [])) host.terminal.err(`Note: ${note}\n`);
      host.terminal.err(`${renderWaiting(started.job_id)}\n`);
      return 0;
    }
    return await workAndShow(host, session, started.job_id, {
      ...options,
      onInterrupt: 'cancel',
      all: given.all,
      failOn,
    });
  } finally {
    await session.close();
  }
}

/** What goes with the task. What was piped in is said: a loop that reads lines has lost the others to it. */
async function contextOf<Deps>(
  host: CliHost<Deps>,
  file: string | undefined,
  place: { root: string; cwd: string },
): Promise<string | undefined> {
  const { text, isEmpty } = await readContext(host, file, place.root);
  if (file !== undefined && text === undefined) throw cliErrors.make('cli.context_empty', { file });
  if (file === undefined && text !== undefined)
    host.terminal.err(
      `Read ${counted(Buffer.byteLength(text), 'byte')} from standard input as context; in a loop that reads lines, add < /dev/null.\n`,
    );
  // An empty pipe may be a diff of nothing; whether the task is about it, the operation tells.
  if (text === undefined) return isEmpty ? '' : undefined;
  return diffFromHere(text, place);
}

/** `@security review src` or `security review src`, also as several words of the shell. */
async function addressee<Deps>(
  session: CliSession<Deps>,
  words: readonly string[],
): Promise<{ persona: string; task: string }> {
  const text = words.join(' ').trim();
  if (text === '') throw cliErrors.make('cli.nothing_asked', {});
  const names = await session.personaNames();
  const [first = '', ...rest] = text.split(/\s+/);
  // Before a mention further on: `security what does @qa test`.
  if (names.includes(first)) return { persona: first, task: forOne(first, rest.join(' '), names) };
  const asked = parseInvocation(text, names);
  const persona = asked.persona ?? asked.unknown;
  if (persona !== undefined) return { persona, task: forOne(persona, asked.task, names) };
  const known = names.filter((name) => /^[a-z-]+$/.test(name));
  throw cliErrors.make('cli.no_persona', { text, known, nearest: nearestNames(first, known)[0] });
}

/** The task, unless it goes on with another address: `@security @qa review src`, `@security and @qa …`. */
function forOne(persona: string, task: string, names: readonly string[]): string {
  const rest = task.replace(/^(?:and|&|\+)\s+(?=@)/i, '');
  const second = rest.startsWith('@') ? parseInvocation(rest, names).persona : undefined;
  if (second !== undefined) throw cliErrors.make('cli.one_persona', { first: persona, second });
  return task;
}

/** Errors: `cli.bad_severity`. */
export function severityOf(given: string | undefined): Severity | undefined {
  if (given === undefined) return undefined;
  const severity = severities.find((known) => known === given);
  if (severity === undefined) throw cliErrors.make('cli.bad_severity', { given });
  return severity;
}
