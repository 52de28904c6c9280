import type { Command } from 'commander';
import type { GlobalOptions } from './cli-host.ts';
import { cliErrors } from './errors.ts';

/** Declares what every command takes, before or after its name. */
export function declareGlobalOptions(program: Command): Command {
  return program
    .option(
      '-p, --project <folder>',
      'Project to work on; else the nearest folder upwards with .agent-os or .git.',
    )
    .option('--json', 'Print one JSON object, stable and documented.')
    .option('--debug', 'Show causes and stacks of errors.')
    .option(
      '--set <key=value>',
      'Set a setting for this call; may be repeated.',
      (value, all: string[] | undefined) => [...(all ?? []), value],
    );
}

/** What was given of them. Errors: `cli.bad_setting`. */
export function globalOptions(program: Command): GlobalOptions {
  const { project, json, debug, set } = program.opts<{
    project?: string;
    json?: boolean;
    debug?: boolean;
    set?: string[];
  }>();
  const settings = new Map<string, string>();
  for (const given of set ?? []) {
    const [key, ...value] = given.split('=');
    if (key === undefined || key === '' || value.length === 0)
      throw cliErrors.make('cli.bad_setting', { given });
    settings.set(key, value.join('='));
  }
  return { project, json: json === true, debug: debug === true, settings: Object.fromEntries(settings) };
}
