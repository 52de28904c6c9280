/** The least the SDK can do for a listing: the tools in a JSON file sent as they are, and none can be called. */
import { readFileSync } from 'node:fs';
import { McpServer, type Tool } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';

const tools = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as Tool[];

serveStdio(() => {
  const server = new McpServer({ name: 'listing', version: '1' });
  server.server.registerCapabilities({ tools: { listChanged: true } });
  server.server.setRequestHandler('tools/list', () => ({ tools }));
  return server;
});
