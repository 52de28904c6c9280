import {
  CLIENT_CAPABILITIES_META_KEY,
  inputRequired,
  inputResponse,
  type InputRequiredResult,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { toAppError } from '../../../kernel/index.ts';
import type { ElicitationDesk } from '../../../capabilities/approvals/index.ts';

/** What became of asking: what to tell the caller beside the output, or that the client must ask first. */
export type Asked = { tell: string | undefined } | { ask: InputRequiredResult };

/** Outputs of these operations name a request in the inbox by `number`. */
const askingOperations: ReadonlySet<string> = new Set(['proposals.create']);

/** The number of the request that a call has just made, where a person could be asked about it at once. */
export function requestMadeBy(operation: string, output: Record<string, unknown>): number | undefined {
  const { number } = output;
  return askingOperations.has(operation) && typeof number === 'number' ? number : undefined;
}

const key = 'approval';

/** Agreeing takes a deed: a form without a field would be accepted by a press of Enter. */
const form = {
  type: 'object' as const,
  properties: {
    approve: {
      type: 'boolean' as const,
      title: 'Approve exactly this text',
      description: 'Anything else leaves it waiting in the inbox.',
      default: false,
    },
  },
  required: ['approve'],
};

const declined = 'The person did not approve it; it stays in the inbox.';
const unanswered = 'Nobody answered in time; it stays in the inbox.';

/**
 * Asks the person at the client to approve what a call has just proposed, where the client declares that it can ask and
 * is known to show it to a person. Never throws, and never waits longer than the desk's time: the proposal is stored,
 * and stays in the inbox whatever happens here.
 */
export async function askPerson(
  desk: ElicitationDesk,
  call: { client: string; number: number },
  server: McpServer['server'],
  context: ServerContext,
): Promise<Asked> {
  if (!desk.asks(call.client) || !canAsk(server, context)) return { tell: undefined };
  try {
    const { envelope } = context.mcpReq;
    const state: unknown = context.mcpReq.requestState();
    if (typeof state === 'string') return { tell: await answered(desk, call.client, state, context) };
    const question = await desk.questionAbout(call.client, call.number);
    if (question === undefined) return { tell: undefined };
    const { token, message } = question;
    const params = { mode: 'form' as const, message, requestedSchema: form };
    if (envelope !== undefined) {
      const inputRequests = { [key]: inputRequired.elicit(params) };
      return { ask: inputRequired({ inputRequests, requestState: token }) };
    }
    const answer = await pushed(params, desk.timeoutMs, context);
    if (answer === undefined) return { tell: unanswered };
    return { tell: agrees(answer) ? await desk.accept(call.client, token) : declined };
  } catch (error) {
    return { tell: toAppError(error).line };
  }
}

/** Revision 2026-07-28: the client has asked, and calls again with the answer and the token it was given. */
async function answered(
  desk: ElicitationDesk,
  client: string,
  token: string,
  context: ServerContext,
): Promise<string> {
  const answer = inputResponse(context.mcpReq.inputResponses, key);
  if (answer.kind !== 'elicit' || !agrees(answer)) return declined;
  return desk.accept(client, token);
}

/** Older revisions: the question goes to the client while the call waits. `undefined` when no answer came. */
async function pushed(
  params: { mode: 'form'; message: string; requestedSchema: typeof form },
  timeoutMs: number,
  { mcpReq }: ServerContext,
): Promise<Answer | undefined> {
  try {
    const options = { timeout: timeoutMs, maxTotalTimeout: timeoutMs, signal: mcpReq.signal };
    return await mcpReq.send({ method: 'elicitation/create', params }, options);
  } catch {
    // Timed out, cancelled, or refused by the client: in each case nobody agreed.
    return undefined;
  }
}

interface Answer {
  action: string;
  content?: Record<string, unknown> | undefined;
}

const agrees = ({ action, content }: Answer) => action === 'accept' && content?.['approve'] === true;

/** Whether the client says that it can show forms; by the protocol a bare `elicitation` means forms. */
function canAsk(server: McpServer['server'], { mcpReq }: ServerContext): boolean {
  const envelope = mcpReq.envelope as Record<string, unknown> | undefined;
  // The only place where the older revisions keep it.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const fromHandshake = () => server.getClientCapabilities();
  const declared = envelope === undefined ? fromHandshake() : envelope[CLIENT_CAPABILITIES_META_KEY];
  const { elicitation } = (declared ?? {}) as { elicitation?: { form?: unknown; url?: unknown } };
  return elicitation !== undefined && (elicitation.form !== undefined || elicitation.url === undefined);
}
