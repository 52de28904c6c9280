import type { CliHost, GlobalOptions } from '../cli-host.ts';
import { printOutput } from '../commands/run-operation.ts';
import { withInbox } from './inbox-session.ts';

/**
 * `troupe inbox show N`. That the person has seen the text is noted only where it is written for a person on their
 * terminal, not into a pipe, a file or as data.
 */
export function showRequest<Deps>(
  host: CliHost<Deps>,
  input: Record<string, unknown>,
  options: GlobalOptions,
): Promise<number> {
  const { terminal } = host;
  return withInbox(host, options, async (inbox) => {
    const isSeen = terminal.inIsTerminal && terminal.outIsTerminal && !options.json;
    const shown = await (isSeen ? inbox.call('inbox.show', input) : inbox.look(input));
    printOutput(host, 'inbox.show', shown, options);
    return 0;
  });
}
