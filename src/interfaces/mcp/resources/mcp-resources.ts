import type { ReadResourceResult, Resource, ResourceTemplateType } from '@modelcontextprotocol/server';
import type { Call } from '../../../kernel/index.ts';
import { mcpErrors } from '../errors.ts';

/** What clients attach to a conversation. Everything that is read goes through the operations. */
export interface McpResources {
  /** The forms of its uris. */
  readonly forms: readonly string[];
  templates(): ResourceTemplateType[];
  /** Listing takes up no work: it is part of what clients do when they only look at a server. */
  list(call: Call): Promise<Resource[]>;
  /** Whether a uri is one of these. */
  reads(uri: string): boolean;
  /** Errors: `mcp.unknown_resource`, `mcp.no_result_yet`, those of the operations. */
  read(uri: string, call: Call): Promise<ReadResourceResult>;
}

/** Several kinds as one, listed in their order. */
export function joinResources(kinds: readonly McpResources[]): McpResources {
  const forms = kinds.flatMap((kind) => kind.forms);
  return {
    forms,
    templates: () => kinds.flatMap((kind) => kind.templates()),
    list: async (call) => (await Promise.all(kinds.map((kind) => kind.list(call)))).flat(),
    reads: (uri) => kinds.some((kind) => kind.reads(uri)),
    async read(uri, call) {
      const kind = kinds.find((one) => one.reads(uri));
      if (kind === undefined) throw mcpErrors.make('mcp.unknown_resource', { uri, forms });
      return kind.read(uri, call);
    },
  };
}
