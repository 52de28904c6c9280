/** A bare SDK server that offers the tools in a JSON file, registered the way the SDK documents. */
import { readFileSync } from 'node:fs';
import { fromJsonSchema, McpServer, type JsonSchemaType, type Tool } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';

const tools = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as Tool[];

serveStdio(() => {
  const server = new McpServer({ name: 'definitions', version: '1' });
  for (const { name, description, inputSchema, outputSchema, annotations } of tools) {
    const definition = {
      inputSchema: fromJsonSchema(inputSchema as JsonSchemaType),
      outputSchema: fromJsonSchema(outputSchema as JsonSchemaType),
      ...(description === undefined ? {} : { description }),
      ...(annotations === undefined ? {} : { annotations }),
    };
    server.registerTool(name, definition, () => ({ content: [] }));
  }
  return server;
});
