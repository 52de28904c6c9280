import { Argument, Command } from 'commander';
import { ask, type AskOptions } from './commands/ask.ts';
import { check, type CheckOptions } from './commands/check.ts';
import { exportStandards, type ExportOptions } from './commands/export-standards.ts';
import { runOperation } from './commands/run-operation.ts';
import { runWorker } from './commands/run-worker.ts';
import { severities } from './commands/show-outcome.ts';
import { showHelp } from './commands/show-help.ts';
import { trustPersona } from './commands/trust-persona.ts';
import { watchJob } from './commands/watch-job.ts';
import type { CliHost } from './cli-host.ts';
import type { CompletionScript } from '../../capabilities/setup/contract/index.ts';
import { completeLine } from './completion/complete-line.ts';
import { completionScripts, shells } from './completion/scripts.ts';
import { declareForm, formOf, inFlags, inputOf } from './derive-command.ts';
import { fromHere, personCommand } from './inbox/person-commands.ts';
import { declareGlobalOptions, globalOptions } from './global-options.ts';

/** How a command tells its exit code. */
type Done = (exitCode: number) => void;

const groups: Record<string, string> = {
  jobs: 'List, show, watch, cancel and retry jobs.',
  personas: 'List, show, check and trust personas.',
  standards: "Search the project's standards, propose and adopt them.",
  config: 'Show the settings in force.',
  models: 'Models for search by meaning.',
};

/** The tree of commands: those of the operations, and those of the terminal and this machine. */
export function buildProgram<Deps>(
  host: CliHost<Deps>,
  done: Done,
  writeError: (text: string) => void,
): Command {
  const program = declareGlobalOptions(new Command('troupe'))
    .description(
      'Expert personas for software work: ask one, get a review whose findings are verified at file:line.',
    )
    .version(host.version, '-v, --version')
    .configureOutput({ writeOut: (text) => host.terminal.out(text), writeErr: writeError })
    .exitOverride()
    .showHelpAfterError(false);
  addAsk(program, host, done);
  addCheck(program, host, done);
  addExport(program, host, done);
  addOperations(program, host, done);
  const options = () => globalOptions(program);

  subcommandAt(program, 'jobs watch')
    .description(
      'Show the progress of a job until it ends, then its review; works on it here when nobody else does. Ctrl-C ends watching, not the job.',
    )
    .argument('<job-id>', 'Job id, or its last characters.')
    .action(async (jobId: string) => done(await watchJob(host, jobId, options())));
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
  addCompletion(program, host);
  program
    .helpCommand(false)
    .command('help')
    .description('Show what a command does and takes: troupe help jobs list.')
    .argument('[command...]', 'The command; left out: every command.')
    .action((words: string[]) => showHelp(program, words));
  return program;
}

function addAsk<Deps>(program: Command, host: CliHost<Deps>, done: Done): void {
  program
    .command('ask')
    .description('Ask a persona: troupe ask "@security review src". Ctrl-C cancels and keeps what there is.')
    .argument('<task...>', 'The persona and the task.')
    .option('--context <file>', 'Text to read with the task; "-" or a pipe for standard input.')
    .option('--priority <low|normal|high>', 'Place in the queue (default normal).')
    .option('--detach', 'Print the job id and return; a worker or the IDE server does the work.')
    .option(
      `--fail-on <${severities.join('|')}>`,
      'Exit with 8 when there is a verified finding of this severity or worse; with 4 when nothing was judged.',
    )
    .option('--all', 'Show every finding.')
    .action(async (words: string[], given: AskOptions) =>
      done(await ask(host, words, given, globalOptions(program))),
    );
}

function addCheck<Deps>(program: Command, host: CliHost<Deps>, done: Done): void {
  program
    .command('check')
    .description('Check code against the standards in force; exit with 8 when something departs from one.')
    .argument('[paths...]', 'Files and folders; left out: everything.')
    .option('--staged', 'Only lines that git has staged, as they are staged.')
    .option('--base <revision>', 'Only lines changed since a git revision.')
    .option('--diff <file>', 'Only lines that a diff adds; "-" for standard input.')
    .option('--standards <ids>', 'Only these, comma-separated.')
    .option('--rules-only', 'No persona reads what no rule can check.')
    .option(
      '--format <text|json|sarif|sarif-full>',
      'How to print (default text); sarif-full: also what comments leave out.',
    )
    .option(
      `--fail-on <${severities.join('|')}|never>`,
      'Least severity that counts for the exit code, or never (default low).',
    )
    .action(async (paths: string[], given: CheckOptions) =>
      done(await check(host, paths, given, globalOptions(program))),
    );
}

function addExport<Deps>(program: Command, host: CliHost<Deps>, done: Done): void {
  program
    .command('export')
    .description('Write the approved standards as rules where agents look; a second run changes nothing.')
    .argument('<target>', 'cursor, claude, copilot, agents-md (AGENTS.md), or all.')
    .option('--universal', 'Also the standards that ship with Troupe.')
    .option('--dry-run', 'Show what would be written; write nothing.')
    .option('--check', 'Write nothing; exit with 8 when something is out of step.')
    .action(async (target: string, given: ExportOptions) =>
      done(await exportStandards(host, target, given, globalOptions(program))),
    );
}

/** Operations whose commands are written out above. */
const written = new Set(['ask', 'check', 'export']);

/** One command for each operation that names one. */
function addOperations<Deps>(program: Command, host: CliHost<Deps>, done: Done): void {
  for (const operation of host.operations) {
    if (operation.doors.cli === undefined || written.has(operation.doors.cli)) continue;
    const form = formOf(operation);
    const command = subcommandAt(program, operation.doors.cli).description(inFlags(operation.summary, form));
    declareForm(command, form, operation);
    command.action(async () => {
      const input = fromHere(host.cwd, operation.name, inputOf(form, command.args, command.opts()));
      const options = globalOptions(program);
      const byPerson =
        operation.name === 'personas.trust' ? trustPersona : personCommand<Deps>(operation.name);
      done(
        await (byPerson === undefined
          ? runOperation(host, operation, input, options)
          : byPerson(host, input, options)),
      );
    });
  }
}

function addCompletion<Deps>(program: Command, host: CliHost<Deps>): void {
  program
    .command('completion')
    .description('Print the script that completes commands, options and personas in your shell.')
    .addArgument(new Argument('<shell>', 'The shell.').choices(shells))
    .action((shell: keyof typeof completionScripts) => {
      const script: CompletionScript = { shell, script: completionScripts[shell] };
      const { json } = globalOptions(program);
      host.terminal.out(json ? `${JSON.stringify(script, null, 2)}\n` : script.script);
    });
  program
    .command('__complete', { hidden: true })
    .argument('<line>', 'The command line as far as it is typed.')
    .action(async (line: string) => {
      const session = await host.openSession(globalOptions(program)).catch(() => undefined);
      const personas = (await session?.personaNames())?.filter((name) => /^[a-z0-9-]+$/.test(name)) ?? [];
      await session?.close();
      for (const candidate of completeLine(program, line, personas)) host.terminal.out(`${candidate}\n`);
    });
}

function subcommandAt(program: Command, path: string): Command {
  const words = path.split(' ');
  const last = words.pop()!;
  const parent = words.reduce(group, program);
  return parent.commands.find((command) => command.name() === last) ?? parent.command(last);
}

function group(parent: Command, name: string): Command {
  return (
    parent.commands.find((command) => command.name() === name) ??
    parent.command(name).description(groups[name] ?? '')
  );
}
