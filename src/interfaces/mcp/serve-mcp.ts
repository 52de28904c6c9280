import type { McpServer } from '@modelcontextprotocol/server';
import { serveStdio, StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import type { AnyOperation } from '../../kernel/index.ts';
import type { ElicitationDesk } from '../../capabilities/approvals/index.ts';
import type { PersonaSource } from './persona-source.ts';
import type { StandardSource } from './standard-source.ts';
import { openJobResources } from './resources/job-resources.ts';
import { joinResources } from './resources/mcp-resources.ts';
import { openStandardResources } from './resources/standard-resources.ts';
import { openCallPath } from './server/call-path.ts';
import { boundStdin } from './server/bounded-stdin.ts';
import { connectionServer } from './server/connection-server.ts';
import { answerToOversized } from './server/oversized-message.ts';
import { reserveStdout } from './server/protocol-stdout.ts';
import { openToolBook } from './tools/tool-book.ts';
import { isPersonaOperation, type ToolProfile } from './tools/tool-profile.ts';

/** Most bytes of one message, its newline not counted. */
const maxMessageBytes = 10 * 1024 * 1024;
/** The SDK counts the message and the chunk its end comes in. */
const maxBufferSize = maxMessageBytes + 1024 * 1024;

/** What the composition root gives the MCP server. */
export interface McpOptions<Deps> {
  version: string;
  /** What can be done; tools, prompts and resources derive from it. */
  operations: readonly AnyOperation<Deps>[];
  personas: PersonaSource;
  standards: StandardSource;
  profile: ToolProfile;
  /** False leaves only tools that need no persona, such as the search in standards. */
  personaTools: boolean;
  /** What the operations work on now: opened at the first call, and kept by whoever gives it. Asked for by each call, never by a listing. */
  openDeps: () => Promise<Deps>;
  /** Asks people to approve what a call proposed, through clients known to show it; see `approvals`. */
  elicitation?: (() => Promise<ElicitationDesk>) | undefined;
  /** Hears what went wrong outside an answer: messages that are none, failures nobody foresaw. */
  onProblem: (error: unknown) => void;
}

/** A server at work. */
export interface McpDoor {
  /** Resolves when the client has closed standard input, or `close` was called. Calls in flight are aborted by then. */
  closed: Promise<void>;
  close(): Promise<void>;
}

/**
 * Serves the operations over MCP on this process's standard input and output, to clients of the revisions 2026-07-28,
 * 2025-11-25 and 2025-06-18. A message of more than 10 MiB is refused by its id, and the next are answered. Standard output carries nothing but protocol until the door is closed.
 * Starting it opens nothing: a client may start a server twice only to see which revision it speaks.
 */
export function serveMcp<Deps>(options: McpOptions<Deps>): McpDoor {
  const { personas, profile, personaTools, version, onProblem } = options;
  const operations = options.operations.filter(({ name }) => personaTools || !isPersonaOperation(name));
  const connections = new Set<McpServer>();
  const each = (tell: (server: McpServer) => void) => connections.forEach(tell);

  const book = openToolBook({ operations, personas, profile });
  const path = openCallPath({
    openDeps: options.openDeps,
    onOpened: () => each((server) => server.sendResourceListChanged()),
  });
  const resources = joinResources([
    openStandardResources(operations, path, options.standards),
    openJobResources(operations, path),
  ]);

  let stopListening: (() => void) | undefined;
  // Watching begins once a client has seen a list: before that there is nothing it could hold that is out of date.
  const onListed = () => {
    stopListening ??= personas.onChange(() =>
      each((server) => {
        server.sendToolListChanged();
        server.sendPromptListChanged();
      }),
    );
  };

  async function connect() {
    const server = await connectionServer({
      version,
      book,
      path,
      resources,
      elicitation: options.elicitation,
      onListed,
      onProblem,
    });
    connections.add(server);
    server.server.onclose = () => connections.delete(server);
    return server;
  }

  const stdout = reserveStdout();
  const stdin = boundStdin(process.stdin, {
    limitBytes: maxMessageBytes,
    onOversized(line) {
      const { answer, problem } = answerToOversized(line, maxMessageBytes);
      onProblem(problem);
      if (answer !== undefined) transport.send(answer).catch(onProblem);
    },
  });
  const transport = new StdioServerTransport(stdin.stream, stdout.stream, { maxBufferSize });
  const handle = serveStdio(connect, { transport, onerror: onProblem });
  const closed = onceClosed(transport).then(() => {
    stopListening?.();
    stdin.release();
    stdout.release();
  });
  return { closed, close: () => handle.close() };
}

/** The SDK has set its own listener by now; it keeps working, and runs first. */
function onceClosed(transport: StdioServerTransport): Promise<void> {
  const inner = transport.onclose;
  return new Promise((resolve) => {
    transport.onclose = () => {
      inner?.();
      resolve();
    };
  });
}
