import { Command, CommanderError } from 'commander';
import { toAppError } from '../../kernel/index.ts';
import { ask, type AskOptions } from './commands/ask.ts';
import { followJob } from './commands/follow-job.ts';
import { operationNamed, runOperation } from './commands/run-operation.ts';
import type { CliHost, GlobalOptions } from './cli-host.ts';
import { declareForm, formOf, inputOf } from './derive-command.ts';
import { cliErrors } from './errors.ts';
import { exitCodes, interruptedExitCode } from './exit-codes.ts';

/** Runs one command line. Resolves to the exit code; never throws. */
export async function runCli<Deps>(host: CliHost<Deps>, argv: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = buildProgram(host, (code) => (exitCode = code));
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (thrown) {
    return report(host, thrown, globalOptions(program));
  }
}

function report<Deps>(host: CliHost<Deps>, thrown: unknown, options: GlobalOptions): number {
  if (thrown instanceof CommanderError) {
    // Help and version have printed what was asked for.
    if (thrown.exitCode === 0) return 0;
    const problem = thrown.message.replace(/^error: /, '').replace(/\.$/, '');
    thrown = cliErrors.make('cli.usage', { problem });
  }
  if (host.interrupted.aborted) return interruptedExitCode;
  const error = toAppError(thrown);
  if (options.json) host.terminal.out(`${JSON.stringify({ error: error.toWire() }, null, 2)}\n`);
  host.terminal.err(` ${error.line}\n`);
  if (options.debug) {
    for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
      host.terminal.err(`${cause.stack ?? cause.message}\n`);
  }
  return exitCodes[error.category];
}

function globalOptions(program: Command): GlobalOptions {
  const { project, json, debug, set } = program.opts<{
    project?: string;
    json?: boolean;
    debug?: boolean;
    set?: string[];
  }>();
  const settings: Record<string, string> = {};
  for (const given of set ?? []) {
    const [key, ...value] = given.split('=');
    if (key === undefined || key === '' || value.length === 0)
      throw cliErrors.make('cli.bad_setting', { given });
    settings[key] = value.join('=');
  }
  return { project, json: json === true, debug: debug === true, settings };
}

function buildProgram<Deps>(host: CliHost<Deps>, done: (exitCode: number) => void): Command {
  const program = new Command('troupe')
    .description(
      'Expert personas for software work: ask one, get a review whose findings are verified at file:line.',
    )
    .version(host.version)
    .option(
      '-p, --project <folder>',
      'Project to work on; else the nearest folder upwards with .agent-os or .git.',
    )
    .option('--json', 'Print one JSON object, stable and documented.')
    .option('--debug', 'Show causes and stacks of errors.')
    .option(
      '--set <key=value>',
      'Set a setting for this call; may be repeated.',
      (value, all: string[] = []) => [...all, value],
    )
    .configureOutput({
      writeOut: (text) => host.terminal.out(text),
      writeErr: () => undefined,
    })
    .exitOverride()
    .showHelpAfterError(false);
  const options = () => globalOptions(program);

  program
    .command('ask')
    .description(
      'Ask a persona: troupe ask "@security review src/auth". Ctrl-C cancels and keeps what there is.',
    )
    .argument('<task...>', 'The persona and the task.')
    .option('--context <file>', 'Text to read with the task; "-" or a pipe for standard input.')
    .option('--priority <low|normal|high>', 'Place in the queue (default normal).')
    .option('--detach', 'Print the job id and return; a worker or the IDE server does the work.')
    .option('--fail-on <severity>', 'Exit with 8 when there is a verified finding of this severity or worse.')
    .option('--all', 'Show every finding.')
    .action(async (words: string[], given: AskOptions) => done(await ask(host, words, given, options())));

  addOperations(program, host, options, done);

  subcommand(program, 'jobs')
    .command('watch')
    .description('Show the progress of a job until it ends; Ctrl-C cancels it.')
    .argument('<job-id>', 'Job id, or its last characters.')
    .action(async (jobId: string) => {
      const session = await host.openSession(options());
      try {
        await followJob(host, session, jobId);
      } finally {
        await session.close();
      }
      done(await runOperation(host, operationNamed(host, 'jobs.check'), { job_id: jobId }, options()));
    });
  program
    .command('mcp')
    .description('Serve the personas to an IDE over standard input and output (MCP).')
    .action(() => host.serveMcp(options()));
  program
    .command('worker')
    .description('Work on jobs until Ctrl-C.')
    .action(async () => done(await runWorker(host, options())));
  for (const extra of host.extraCommands) {
    const command = subcommandAt(program, extra.name).description(extra.summary);
    for (const word of extra.arguments ?? []) command.argument(word.name, word.summary);
    for (const option of extra.options ?? []) command.option(option.flags, option.summary);
    command.action(async () => done(await extra.run(options(), command.opts(), command.args)));
  }
  return program;
}

/** One command for each operation that names one. */
function addOperations<Deps>(
  program: Command,
  host: CliHost<Deps>,
  options: () => GlobalOptions,
  done: (exitCode: number) => void,
): void {
  for (const operation of host.operations) {
    if (operation.doors.cli === undefined || operation.doors.cli === 'ask') continue;
    const form = formOf(operation as never);
    const command = subcommandAt(program, operation.doors.cli).description(operation.summary);
    declareForm(command, form, operation as never);
    command.action(async () =>
      done(await runOperation(host, operation, inputOf(form, command.args, command.opts()), options())),
    );
  }
}

function subcommandAt(program: Command, path: string): Command {
  const words = path.split(' ');
  const last = words.pop()!;
  const parent = words.reduce(subcommand, program);
  return parent.commands.find((command) => command.name() === last) ?? parent.command(last);
}

const groups: Record<string, string> = {
  jobs: 'List, show, cancel and retry jobs.',
  personas: 'List, show, check and trust personas.',
  standards: "Search the project's standards.",
};

function subcommand(parent: Command, name: string): Command {
  return (
    parent.commands.find((command) => command.name() === name) ??
    parent.command(name).description(groups[name] ?? '')
  );
}

async function runWorker<Deps>(host: CliHost<Deps>, options: GlobalOptions): Promise<number> {
  const session = await host.openSession(options);
  try {
    const pool = await session.work();
    host.terminal.err(`Working on jobs of ${session.root}. Ctrl-C hands them back and ends.\n`);
    await new Promise<void>((resolve) => {
      if (host.interrupted.aborted) resolve();
      host.interrupted.addEventListener('abort', () => resolve(), { once: true });
    });
    await pool.stop();
    return 0;
  } finally {
    await session.close();
  }
}
