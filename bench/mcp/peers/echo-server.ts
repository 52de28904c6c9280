/** A bare SDK server with one tool that answers what it was sent: the least an MCP call can cost. */
import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { z } from 'zod';

serveStdio(() => {
  const server = new McpServer({ name: 'echo', version: '1' });
  const inputSchema = z.object({ text: z.string() });
  server.registerTool('echo', { description: 'Echo.', inputSchema }, ({ text }) => ({
    content: [{ type: 'text', text }],
  }));
  return server;
});
