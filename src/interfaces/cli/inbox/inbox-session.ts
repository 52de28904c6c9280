import { invoke } from '../../../kernel/index.ts';
import { cliCall, type CliHost, type CliSession, type GlobalOptions } from '../cli-host.ts';
import { operationNamed, printOutput } from '../commands/run-operation.ts';
import { exitCodes } from '../exit-codes.ts';
import { renderRequest, type ShownRequest } from './render-inbox.ts';

/** What an answer resolves to. */
export interface Answered {
  request: { number: number; status: string; outcome: string | null; outcome_message: string | null };
}

/** One command of the inbox at work on an open project. */
export interface InboxSession {
  /** Real path of the project's root. */
  root: string;
  call(operation: string, input: Record<string, unknown>): Promise<unknown>;
  /** The request as it stands, for the command itself: it is not noted as shown to the person. */
  look(input: Record<string, unknown>): Promise<ShownRequest>;
  /** Prints a request, safe as `renderRequest` makes it. */
  print(shown: ShownRequest): void;
  /** Prints what an answer did. Resolves to the exit code: that of the error why it could not be done yet. */
  finish(operation: string, output: unknown): Promise<number>;
}

/** Opens the project for one command and closes it after. */
export async function withInbox<Deps>(
  host: CliHost<Deps>,
  options: GlobalOptions,
  work: (inbox: InboxSession) => Promise<number>,
): Promise<number> {
  const session = await host.openSession(options);
  try {
    return await work(inboxSession(host, session, options));
  } finally {
    await session.close();
  }
}

function inboxSession<Deps>(
  host: CliHost<Deps>,
  session: CliSession<Deps>,
  options: GlobalOptions,
): InboxSession {
  const call = async (operation: string, input: Record<string, unknown>, door = cliCall.door) => {
    const context = { deps: await session.deps(), call: { ...cliCall, door, signal: host.interrupted } };
    return (await invoke(operationNamed(host, operation), input, context)) as unknown;
  };
  return {
    root: session.root,
    call,
    look: async (input) => (await call('inbox.show', input, 'internal')) as ShownRequest,
    print: (shown) => host.terminal.err(`${renderRequest(shown)}\n\n`),
    async finish(operation, output) {
      printOutput(host, operation, output, options);
      const { outcome, outcome_message: message } = (output as Answered).request;
      if (outcome !== 'failed') return 0;
      const category = await host.categoryOf(message?.split(':', 1)[0] ?? '');
      return exitCodes[category ?? 'unavailable'];
    },
  };
}
