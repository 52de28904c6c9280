import { isAppError } from '../../../kernel/index.ts';
import type { CliHost, GlobalOptions } from '../cli-host.ts';
import { paintFor } from '../terminal/paint.ts';
import { withInbox, type InboxSession } from './inbox-session.ts';
import { openDraft, type Draft } from './open-draft.ts';
import { renderChanges } from './render-changes.ts';

/** `troupe inbox edit N`: opens the text in the person's editor, shows what they changed, and approves that. */
export function editRequest<Deps>(
  host: CliHost<Deps>,
  input: Record<string, unknown>,
  options: GlobalOptions,
): Promise<number> {
  return withInbox(host, options, async (inbox) => {
    if (!host.terminal.inIsTerminal || input['text'] !== undefined)
      return inbox.finish('inbox.edit', await inbox.call('inbox.edit', input));
    return editAndApprove(host, inbox, input);
  });
}

/** The same on an open project. Nothing a person wrote is lost: a text that was not approved stays in its file. */
export async function editAndApprove<Deps>(
  host: CliHost<Deps>,
  inbox: InboxSession,
  input: Record<string, unknown>,
): Promise<number> {
  const { terminal } = host;
  const { request, text } = await inbox.show(input['number']);
  const draft = await openDraft(host.env, `request-${request.number}.md`, text);
  try {
    for (;;) {
      const edited = await draft.edit();
      if (edited === text) {
        await draft.discard();
        terminal.err(`Unchanged. \`troupe inbox approve ${request.number}\` approves it as it is.\n`);
        return 0;
      }
      terminal.err(`${renderChanges(text, edited, paintFor(terminal))}\n\n`);
      if (!(await terminal.confirm('Approve the text as changed?')))
        return keep(host, draft, 'Not approved.');
      try {
        const given = { number: String(request.number), revision: request.revision, text: edited };
        const approved = await inbox.call('inbox.edit', { ...given });
        await draft.discard();
        return inbox.finish('inbox.edit', approved);
      } catch (error) {
        if (!isAppError(error) || (error.category !== 'invalid' && error.category !== 'limited')) throw error;
        terminal.err(` ${error.line}\n`);
        if (!(await terminal.confirm('Open the editor again?'))) return keep(host, draft, 'Not approved.');
      }
    }
  } catch (error) {
    terminal.err(`What you wrote is kept in ${draft.file}.\n`);
    throw error;
  }
}

function keep<Deps>({ terminal }: CliHost<Deps>, draft: Draft, message: string): number {
  terminal.err(`${message} What you wrote is kept in ${draft.file}.\n`);
  return 0;
}
