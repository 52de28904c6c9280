import type { Tool } from '@modelcontextprotocol/server';
import type { AnyOperation } from '../../../kernel/index.ts';
import { mcpErrors } from '../errors.ts';
import type { PersonaSource } from '../persona-source.ts';
import { boundTo, isPersonaTemplate, mcpToolsOf, personaMeantBy, type ToolOffer } from './tool-offer.ts';
import type { ToolProfile } from './tool-profile.ts';
import { toolWords, type ToolWords } from './tool-words.ts';

/** What a call of a tool runs. */
export type ToolCall<Deps> = Pick<ToolOffer<Deps>, 'operation' | 'bound'>;

/** The tools on offer. */
export interface ToolBook<Deps> {
  /** What a client is offered now. Looks at the personas anew, so that no listing is older than their files. */
  definitions(): Promise<Tool[]>;
  /** How texts for the client's model call the tools on offer now. */
  words(): Promise<ToolWords>;
  /**
   * What this tool name runs. A persona tool that is not (or no longer) on offer goes to the operation all the same:
   * it knows why, and which persona is nearest.
   * Errors: `mcp.unknown_tool`.
   */
  find(name: string): Promise<ToolCall<Deps>>;
}

export function openToolBook<Deps>(options: {
  operations: readonly AnyOperation<Deps>[];
  personas: PersonaSource;
  profile: ToolProfile;
}): ToolBook<Deps> {
  const { operations, personas, profile } = options;
  const template = profile === 'full' ? operations.find(isPersonaTemplate) : undefined;
  let offers: ReadonlyMap<string, ToolOffer<Deps>> | undefined;

  async function read() {
    const cards = await personas.list();
    const list = mcpToolsOf(operations, cards, profile);
    offers = new Map(list.map((offer) => [offer.definition.name, offer]));
    return { cards, list, offers };
  }

  function personaCall(name: string): ToolCall<Deps> | undefined {
    const persona = template?.doors.mcp === undefined ? undefined : personaMeantBy(name, template.doors.mcp);
    if (template === undefined || persona === undefined) return undefined;
    return boundTo(template, persona);
  }

  return {
    async definitions() {
      return (await read()).list.map((offer) => offer.definition);
    },
    async words() {
      const { list, cards } = await read();
      return toolWords(list, cards);
    },
    async find(name) {
      const known = offers?.get(name);
      if (known !== undefined) return known;
      const { offers: now } = await read();
      const call = now.get(name) ?? personaCall(name);
      if (call === undefined)
        throw mcpErrors.make('mcp.unknown_tool', { tool: name, known: [...now.keys()] });
      return call;
    },
  };
}
