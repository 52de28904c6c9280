import type { CliHost, GlobalOptions } from '../cli-host.ts';
import { withInbox } from './inbox-session.ts';

/**
 * `troupe inbox approve N` by a person: approves at once what `inbox show` has shown them, else shows it and asks. Only
 * a yes counts: after a no, or a question that nobody answered, the next call shows and asks again. What is approved is
 * exactly what was shown.
 */
export function approveRequest<Deps>(
  host: CliHost<Deps>,
  input: Record<string, unknown>,
  options: GlobalOptions,
): Promise<number> {
  const { terminal } = host;
  return withInbox(host, options, async (inbox) => {
    if (!terminal.inIsTerminal || input['text_hash'] !== undefined)
      return inbox.finish('inbox.approve', await inbox.call('inbox.approve', input));
    const shown = await inbox.look({ number: input['number'] });
    const { status, revision, text_hash: textHash } = shown.request;
    const isOpen = status === 'waiting' || status === 'changes-asked';
    if (isOpen && !shown.shown_before) {
      inbox.print(shown);
      if (!(await terminal.confirm('Approve exactly this text?', 'no'))) {
        terminal.err('Not approved.\n');
        return 0;
      }
    }
    const seen = isOpen ? { revision, text_hash: textHash } : {};
    return inbox.finish('inbox.approve', await inbox.call('inbox.approve', { ...seen, ...input }));
  });
}
