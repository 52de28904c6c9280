import type { ExtraCommand, GlobalOptions, Terminal } from '../interfaces/cli/index.ts';
import { doctor } from './commands/doctor.ts';
import { explainConfig } from './commands/explain-config.ts';
import { init } from './commands/init.ts';
import { pullModel } from './commands/pull-model.ts';
import type { ContextOptions } from './project-context.ts';

/** Commands that concern this machine and set-up, not a project's data. */
export function extraCommands(
  contextOf: (options: GlobalOptions) => ContextOptions,
  terminal: Terminal,
  interrupted: AbortSignal,
): readonly ExtraCommand[] {
  return [
    init(contextOf, terminal),
    doctor(contextOf, terminal),
    explainConfig(contextOf, terminal),
    pullModel(contextOf, terminal, interrupted),
  ];
}
