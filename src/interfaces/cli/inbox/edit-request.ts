import { isAppError } from '../../../kernel/index.ts';
import type { CliHost, GlobalOptions } from '../cli-host.ts';
import { paintFor } from '../terminal/paint.ts';
import { withInbox, type InboxSession } from './inbox-session.ts';
import { openDraft, type Draft } from './open-draft.ts';
import { renderChanges } from './render-changes.ts';
import type { RequestLine } from './render-inbox.ts';

/** `troupe inbox edit N`: opens the text in the person's editor, shows what they changed, and approves that. */
export function editRequest<Deps>(
  host: CliHost<Deps>,
  input: Record<string, unknown>,
  options: GlobalOptions,
): Promise<number> {
  return withInbox(host, options, async (inbox) => {
    const isWhole = input['text'] !== undefined || input['act'] !== undefined;
    if (!host.terminal.inIsTerminal || isWhole)
      return inbox.finish('inbox.edit', await inbox.call('inbox.edit', input));
    return editAndAsk(host, inbox, input, 'keep-file');
  });
}

/**
 * The same on an open project; what is refused is refused before the question. A text that the person does not approve
 * stays in its file, or becomes the next revision, which waits. Nothing a person wrote is lost.
 */
export async function editAndAsk<Deps>(
  host: CliHost<Deps>,
  inbox: InboxSession,
  input: Record<string, unknown>,
  unapproved: 'keep-file' | 'store',
): Promise<number> {
  const { terminal } = host;
  const { request, text } = await inbox.look({ number: input['number'] });
  // The operation says why it takes no edit, before anybody writes one.
  if (!takesEdits(request))
    await inbox.call('inbox.edit', { number: String(request.number), text, act: 'store' });
  const draft = await openDraft(host.env, inbox.root, `request-${request.number}.md`, text);
  try {
    for (;;) {
      try {
        const edited = await draft.edit();
        if (edited === text) {
          await draft.discard();
          terminal.err(`Unchanged. \`troupe inbox approve ${request.number}\` approves it as it is.\n`);
          return 0;
        }
        const given = { number: String(request.number), revision: request.revision, text: edited };
        await inbox.call('inbox.edit', { ...given, act: 'check' });
        terminal.err(`${renderChanges(text, edited, paintFor(terminal))}\n\n`);
        const isApproved = await terminal.confirm('Approve the text as changed?', 'no');
        if (!isApproved && unapproved === 'keep-file') return keep(host, draft, 'Not approved.');
        const output = await inbox.call('inbox.edit', { ...given, act: isApproved ? 'approve' : 'store' });
        await draft.discard();
        return await inbox.finish('inbox.edit', output);
      } catch (error) {
        if (!isAppError(error) || (error.category !== 'invalid' && error.category !== 'limited')) throw error;
        terminal.err(` ${error.line}\n`);
        if (!(await terminal.confirm('Open the editor again?', 'yes')))
          return keep(host, draft, 'Not approved.');
      }
    }
  } catch (error) {
    if (await draft.isChanged()) terminal.err(`What you wrote is kept in ${draft.file}.\n`);
    else await draft.discard();
    throw error;
  }
}

function keep<Deps>({ terminal }: CliHost<Deps>, draft: Draft, message: string): number {
  terminal.err(`${message} What you wrote is kept in ${draft.file}.\n`);
  return 0;
}

/** Whether a person's edit may follow: the request is open, or what was approved could not be done. */
function takesEdits({ status, outcome }: RequestLine): boolean {
  return (
    status === 'waiting' || status === 'changes-asked' || (status === 'approved' && outcome === 'failed')
  );
}
