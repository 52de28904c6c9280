import { CLIENT_INFO_META_KEY, McpServer, type ServerContext } from '@modelcontextprotocol/server';
import { isAppError, toAppError, type Call } from '../../../kernel/index.ts';
import type { ElicitationDesk } from '../../../capabilities/approvals/index.ts';
import { instructionsFor } from '../instructions.ts';
import { askPerson, requestMadeBy } from '../elicitation/ask-person.ts';
import { personaPrompt, personaPrompts } from '../prompts/persona-prompts.ts';
import type { McpResources } from '../resources/mcp-resources.ts';
import { progressReports } from '../tools/call-progress.ts';
import type { ToolBook, ToolCall } from '../tools/tool-book.ts';
import { toolFailure, toolResult } from '../tools/tool-result.ts';
import { asProtocolError, type CallPath } from './call-path.ts';

/** What all connections of one process share. */
export interface ServerParts<Deps> {
  version: string;
  book: ToolBook<Deps>;
  path: CallPath<Deps>;
  resources: McpResources;
  /** Asks people through the client; left out where nobody is asked. Errors: those of opening the project. */
  elicitation?: (() => Promise<ElicitationDesk>) | undefined;
  /** A client has been told what is on offer, and wants to hear of changes from now on. */
  onListed: () => void;
  onProblem: (error: unknown) => void;
}

/**
 * The server for one connection. Requests are answered from the tool book and the operations directly; the SDK's own
 * registry of tools is left aside, since it would convert and check every schema a second time.
 */
export async function connectionServer<Deps>(parts: ServerParts<Deps>): Promise<McpServer> {
  const instructions = instructionsFor(await parts.book.words());
  const server = new McpServer({ name: 'troupe', title: 'Troupe', version: parts.version }, { instructions });
  server.server.registerCapabilities({
    tools: { listChanged: true },
    prompts: { listChanged: true },
    resources: { listChanged: true },
  });
  answerTools(server, parts);
  answerPrompts(server, parts);
  answerResources(server, parts);
  return server;
}

function answerTools<Deps>({ server }: McpServer, parts: ServerParts<Deps>): void {
  server.setRequestHandler('tools/list', async () => {
    const tools = await parts.book.definitions();
    parts.onListed();
    return { tools };
  });
  server.setRequestHandler('tools/call', async ({ params }, context) => {
    const tool = await parts.book.find(params.name).catch(rethrowForProtocol);
    const progress = progressReports(context, parts.onProblem);
    try {
      const call = { ...callFrom(server, context), progress: progress.tell };
      const output = await parts.path.run(tool.operation, argumentsOf(tool, params.arguments), call);
      const number = requestMadeBy(tool.operation.name, output);
      if (parts.elicitation === undefined || number === undefined) return toolResult(output);
      const made = { client: call.caller, number };
      const asked = await askPerson(await parts.elicitation(), made, server, context);
      return 'ask' in asked ? asked.ask : toolResult(withWord(output, asked.tell));
    } catch (error) {
      const known = toAppError(error);
      if (isAppError(known, 'internal.unexpected')) parts.onProblem(error);
      return toolFailure(known, params.name);
    } finally {
      await progress.settled();
    }
  });
}

function answerPrompts<Deps>({ server }: McpServer, { book, onListed }: ServerParts<Deps>): void {
  server.setRequestHandler('prompts/list', async () => {
    const prompts = personaPrompts(await book.words());
    onListed();
    return { prompts };
  });
  server.setRequestHandler('prompts/get', async ({ params }) => {
    const words = await book.words();
    return protocolErrors(() => personaPrompt(words, params.name, params.arguments?.['task']));
  });
}

function answerResources<Deps>({ server }: McpServer, { resources }: ServerParts<Deps>): void {
  server.setRequestHandler('resources/templates/list', () => ({ resourceTemplates: resources.templates() }));
  server.setRequestHandler('resources/list', async (_request, context) => {
    return { resources: await resources.list(callFrom(server, context)).catch(rethrowForProtocol) };
  });
  server.setRequestHandler('resources/read', ({ params }, context) =>
    resources.read(params.uri, callFrom(server, context)).catch(rethrowForProtocol),
  );
}

/** What the person answered, behind what the operation says. */
function withWord(output: Record<string, unknown>, tell: string | undefined): Record<string, unknown> {
  return tell === undefined ? output : { ...output, message: `${String(output['message'])} ${tell}` };
}

function argumentsOf<Deps>({ bound }: ToolCall<Deps>, given: Record<string, unknown> | undefined) {
  return { ...given, ...bound };
}

/** Who asks: the client's name, from the request (2026-07-28) or from the handshake (older revisions). */
function callFrom(server: McpServer['server'], { mcpReq }: ServerContext): Call {
  const envelope = mcpReq.envelope as Record<string, { name?: string } | undefined> | undefined;
  // The only place where the older revisions keep it.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const fromHandshake = () => server.getClientVersion()?.name;
  const caller = envelope?.[CLIENT_INFO_META_KEY]?.name ?? fromHandshake() ?? 'mcp client';
  return { door: 'mcp', caller, signal: mcpReq.signal };
}

function rethrowForProtocol(error: unknown): never {
  throw asProtocolError(error);
}

function protocolErrors<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asProtocolError(error);
  }
}
