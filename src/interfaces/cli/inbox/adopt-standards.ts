import type { CliHost, GlobalOptions } from '../cli-host.ts';
import { printOutput } from '../commands/run-operation.ts';
import { visible } from '../render/visible.ts';
import { renderAdoptable, type Adoption } from './render-adoption.ts';
import { withInbox } from './inbox-session.ts';

const operation = 'proposals.adopt';

/** `troupe standards adopt` by a person: lists what is not approved, asks once, and approves exactly what was listed. */
export function adoptStandards<Deps>(
  host: CliHost<Deps>,
  input: Record<string, unknown>,
  options: GlobalOptions,
): Promise<number> {
  const { terminal } = host;
  return withInbox(host, options, async (inbox) => {
    const run = async (more: Record<string, unknown>) => {
      printOutput(host, operation, await inbox.call(operation, { ...input, ...more }), options);
      return 0;
    };
    const asksNothing = input['list'] === true || input['selection_hash'] !== undefined;
    if (!terminal.inIsTerminal || asksNothing) return run({});
    const found = (await inbox.call(operation, { ...input, list: true })) as Adoption;
    if (found.standards.length > 0) {
      terminal.err(`${visible(renderAdoptable(found))}\n\n`);
      const question = `Approve ${found.standards.length === 1 ? 'it' : `these ${found.standards.length}`}, in exactly the present texts?`;
      if (!(await terminal.confirm(question, 'no'))) {
        terminal.err('Nothing adopted.\n');
        return 0;
      }
    }
    return run({ selection_hash: found.selection_hash });
  });
}
