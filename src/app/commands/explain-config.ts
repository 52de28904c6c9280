import { nearestNames } from '../../kernel/index.ts';
import type { ExplainedSettings } from '../../capabilities/setup/contract/index.ts';
import {
  cliErrors,
  exitCodes,
  type ExtraCommand,
  type GlobalOptions,
  type Terminal,
} from '../../interfaces/cli/index.ts';
import { loadProjectSettings, type ContextOptions } from '../project-context.ts';

/**
 * `troupe config explain`: every setting, its value, and where that comes from. What stops other commands it lists among
 * the problems, and exits with 2.
 */
export function explainConfig(
  contextOf: (options: GlobalOptions) => ContextOptions,
  terminal: Terminal,
): ExtraCommand {
  return {
    name: 'config explain',
    summary: 'Every setting with its value and where it comes from.',
    arguments: [{ name: '[key]', summary: 'Only settings whose name begins so.' }],
    async run(options, _given, [prefix = '']) {
      const { settings } = await loadProjectSettings(contextOf(options), { listFaults: true });
      const all = settings.explain();
      const shown = all.filter(({ key }) => key.startsWith(prefix));
      if (shown.length === 0)
        throw cliErrors.make('cli.unknown_setting', { given: prefix, nearest: nearest(prefix, all) });
      if (options.json) {
        const report: ExplainedSettings = {
          settings: shown.map(({ value = null, ...setting }) => ({ ...setting, value })),
          problems: settings.problems,
        };
        terminal.out(`${JSON.stringify(report, null, 2)}\n`);
      } else {
        for (const { key, value, origin, description } of shown) {
          terminal.out(`${key} = ${JSON.stringify(value)}   (${origin})\n    ${description}\n`);
        }
        for (const problem of settings.problems)
          terminal.err(`${isFault(problem) ? 'error' : 'warning'}: ${problem.place}: ${problem.message}\n`);
      }
      return settings.problems.some(isFault) ? exitCodes.invalid : 0;
    },
  };
}

/** Whether it stops every other command. */
const isFault = ({ code }: { code: string }) => code === 'config.invalid' || code === 'config.unreadable';

/** Keys, or areas of keys, that were probably meant. */
function nearest(given: string, settings: readonly { key: string }[]): string[] {
  const keys = settings.map(({ key }) => key);
  const areas = [...new Set(keys.map((key) => key.split('.')[0]!))];
  const named = keys.filter((key) => key.split('.').slice(1).join('.') === given);
  return [...new Set([...named, ...nearestNames(given, [...areas, ...keys])])].slice(0, 3);
}
