import type { ExtraCommand, GlobalOptions, Terminal } from '../../interfaces/cli/index.ts';
import { openProjectContext, type ContextOptions } from '../project-context.ts';

/** `troupe config explain`: every setting, its value, and where that comes from. */
export function explainConfig(
  contextOf: (options: GlobalOptions) => ContextOptions,
  terminal: Terminal,
): ExtraCommand {
  return {
    name: 'config explain',
    summary: 'Every setting with its value and where it comes from.',
    arguments: [{ name: '[key]', summary: 'Only settings whose name begins so.' }],
    async run(options, _given, [prefix = '']) {
      const { settings, personas } = await openProjectContext(contextOf(options));
      personas.close();
      const shown = settings.explain().filter(({ key }) => key.startsWith(prefix));
      if (options.json)
        terminal.out(`${JSON.stringify({ settings: shown, problems: settings.problems }, null, 2)}\n`);
      else {
        for (const { key, value, origin, description } of shown) {
          terminal.out(`${key} = ${JSON.stringify(value)}   (${origin})\n    ${description}\n`);
        }
        for (const { place, message } of settings.problems) terminal.err(` ! ${place}  ${message}\n`);
      }
      return 0;
    },
  };
}
