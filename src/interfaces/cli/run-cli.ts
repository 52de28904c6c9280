import { CommanderError, type Command } from 'commander';
import { kernelErrors, toAppError, type AppError } from '../../kernel/index.ts';
import { buildProgram } from './build-program.ts';
import type { CliHost } from './cli-host.ts';
import { formOf, inFlags } from './derive-command.ts';
import { cliErrors } from './errors.ts';
import { exitCodes, interruptedExitCode } from './exit-codes.ts';

const shortHelp = `Expert personas for software work: ask one, get a review whose findings are verified at file:line.

  troupe ask "@security review src"

troupe personas list   who can be asked
troupe init            set up this project and your IDE
troupe doctor          what works here, what does not, and how to fix it
troupe help            every command
`;

/** Runs one command line. Resolves to the exit code; never throws. */
export async function runCli<Deps>(host: CliHost<Deps>, argv: readonly string[]): Promise<number> {
  let exitCode = 0;
  let refusal = '';
  const done = (code: number) => (exitCode = code);
  const program = buildProgram(host, done, (text) => (refusal += text));
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) return report(host, program, argv, toAppError(thrown));
    // Help and version have printed what was asked for.
    if (thrown.exitCode === 0) return 0;
    // A group without its sub-command: the help says which there are.
    if (thrown.code === 'commander.help') {
      if (wantsJson(argv)) return report(host, program, argv, commandMissing(program));
      host.terminal.out(program.args.length === 0 ? shortHelp : refusal);
      return 0;
    }
    return report(host, program, argv, usageError(thrown));
  }
}

// A line that could not be parsed may have stopped before the option.
const wantsJson = (argv: readonly string[]) => argv.includes('--json');

/** A script that asked for data gets no help text. */
function commandMissing(program: Command): AppError {
  const group = program.commands.find((command) => command.name() === program.args[0]) ?? program;
  const known = group.commands.map((command) => command.name()).join(', ');
  const named = group === program ? 'troupe' : `troupe ${group.name()}`;
  return cliErrors.make('cli.usage', { problem: `${named} needs a command: ${known}` });
}

function usageError({ message }: CommanderError): AppError {
  const problem = message
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '');
  const addressed = /^unknown command '(@.*)'/.exec(problem)?.[1];
  return addressed === undefined
    ? cliErrors.make('cli.usage', { problem })
    : cliErrors.make('cli.ask_missing', { given: addressed });
}

function report<Deps>(
  host: CliHost<Deps>,
  program: Command,
  argv: readonly string[],
  failure: AppError,
): number {
  const error = inCommandTerms(host, failure);
  if (host.interrupted.aborted) return interruptedExitCode;
  const { json, debug } = program.opts<{ json?: boolean; debug?: boolean }>();
  if (json === true || wantsJson(argv))
    host.terminal.out(`${JSON.stringify({ error: error.toWire() }, null, 2)}\n`);
  host.terminal.err(` ${error.line}\n`);
  if (debug === true || argv.includes('--debug')) {
    for (let cause: unknown = failure; cause instanceof Error; cause = cause.cause)
      host.terminal.err(`${cause.stack ?? cause.message}\n`);
  }
  return exitCodes[error.category];
}

/** What is wrong with an operation's input is told of the command, its flags and words. */
function inCommandTerms<Deps>({ operations }: CliHost<Deps>, error: AppError): AppError {
  const { operation: name, problems } = error.details as { operation?: unknown; problems?: unknown };
  const operation = operations.find((candidate) => candidate.name === name);
  if (error.code !== 'input.invalid' || operation?.doors.cli === undefined || !Array.isArray(problems))
    return error;
  const form = formOf(operation);
  const told = problems.map((problem) => inFlags(String(problem), form, 'beginning'));
  return kernelErrors.make('input.invalid', { operation: `troupe ${operation.doors.cli}`, problems: told });
}
