import type { CliHost, GlobalOptions } from '../cli-host.ts';
import { printOutput } from '../commands/run-operation.ts';
import { paintFor } from '../terminal/paint.ts';
import { renderNotAdoptable, renderWhole, type Adoption } from './render-adoption.ts';
import { refusedExitCode } from '../exit-codes.ts';
import { withInbox, type InboxSession } from './inbox-session.ts';

const operation = 'proposals.adopt';

/**
 * `troupe standards adopt` by a person. Without names it lists; with names it shows each text whole and asks for each;
 * with `--all` it shows all and asks once. What is approved is exactly what was shown; what was refused makes the command
 * fail, whatever else was approved.
 */
export function adoptStandards<Deps>(
  host: CliHost<Deps>,
  input: Record<string, unknown>,
  options: GlobalOptions,
): Promise<number> {
  return withInbox(host, options, async (inbox) => {
    const isNamed = input['standards'] !== undefined;
    const isAsked = (isNamed || input['all'] === true) && input['selection_hash'] === undefined;
    const found = (await inbox.call(operation, input)) as Adoption;
    if (!isAsked || found.standards.length === 0) {
      printOutput(host, operation, found, options);
      return isAsked ? refusedExitCode(found.skipped) : 0;
    }
    if (found.skipped.length > 0) host.terminal.err(`${found.skipped.map(renderNotAdoptable).join('\n')}\n`);
    if (!isNamed) await showAndAsk(host, inbox, { chosen: { all: true }, shown: found }, options);
    for (const { standard } of isNamed ? found.standards : []) {
      // As it is when its turn comes: the answer before may have taken a while.
      const chosen = { standards: [standard] };
      const shown = (await inbox.call(operation, chosen)) as Adoption;
      await showAndAsk(host, inbox, { chosen, shown }, options);
    }
    return refusedExitCode(found.skipped);
  });
}

/** Shows these, or all, and asks once. */
async function showAndAsk<Deps>(
  host: CliHost<Deps>,
  inbox: InboxSession,
  { chosen, shown }: { chosen: { standards?: readonly string[]; all?: true }; shown: Adoption },
  options: GlobalOptions,
): Promise<void> {
  const { terminal } = host;
  for (const one of shown.standards) terminal.err(`${renderWhole(one, paintFor(terminal))}\n\n`);
  const count = shown.standards.length;
  const question =
    count === 1 ? 'Approve exactly this text?' : `Approve these ${count}, in exactly the texts shown?`;
  if (count > 0 && !(await terminal.confirm(question, 'no'))) {
    terminal.err(`Not adopted: ${chosen.standards?.join(', ') ?? 'nothing was'}.\n`);
    return;
  }
  const done = await inbox.call(operation, { ...chosen, selection_hash: shown.selection_hash });
  printOutput(host, operation, done, options);
}
