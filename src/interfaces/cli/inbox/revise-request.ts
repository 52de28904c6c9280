import type { CliHost, GlobalOptions } from '../cli-host.ts';
import { renderWaiting } from '../render/render-waiting.ts';
import { editAndAsk } from './edit-request.ts';
import { withInbox } from './inbox-session.ts';

/** `troupe inbox revise N --because …`: a persona makes the new revision, or the editor opens where none can and its text is it. */
export function reviseRequest<Deps>(
  host: CliHost<Deps>,
  input: Record<string, unknown>,
  options: GlobalOptions,
): Promise<number> {
  return withInbox(host, options, async (inbox) => {
    const output = (await inbox.call('inbox.revise', input)) as { job_id: string | null };
    const exitCode = await inbox.finish('inbox.revise', output);
    if (output.job_id !== null) {
      host.terminal.err(`${renderWaiting(output.job_id)}\n`);
      return exitCode;
    }
    if (!host.terminal.inIsTerminal) return exitCode;
    return editAndAsk(host, inbox, input, 'store');
  });
}
