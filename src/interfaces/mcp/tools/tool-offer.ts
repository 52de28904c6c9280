import type { Tool } from '@modelcontextprotocol/server';
import type { z } from 'zod';
import type { AnyOperation } from '../../../kernel/index.ts';
import type { PersonaCard } from '../persona-source.ts';
import { hintsOf } from './tool-hints.ts';
import { profileOffers, type ToolProfile } from './tool-profile.ts';
import { inputSchemaOf, outputSchemaOf, type ObjectSchema } from './tool-schema.ts';

/** A definition as it is sent. */
export type ToolDefinition = Tool & { inputSchema: ObjectSchema; outputSchema: ObjectSchema };

/** A tool as this door offers it: the definition a client gets, and the operation that a call runs. */
export interface ToolOffer<Deps> {
  definition: ToolDefinition;
  operation: AnyOperation<Deps>;
  /** Input fields that the tool fills in itself, such as the persona of `invoke_security`. */
  bound: Readonly<Record<string, string>>;
  /** Whether the persona is an argument of this tool. */
  takesPersona: boolean;
}

/** Stands in a tool's name for the persona, and names the input field it fills. */
const placeholder = '{persona}';
const placeholderField = 'persona';

/**
 * All tools that this door offers for these operations and personas, in the order of the operations. Pure.
 * An operation whose tool name holds `{persona}` becomes one tool for each persona, with the persona bound; in the
 * compact profile it stays one tool that takes the persona as an argument.
 */
export function mcpToolsOf<Deps>(
  operations: readonly AnyOperation<Deps>[],
  personas: readonly PersonaCard[],
  profile: ToolProfile,
): ToolOffer<Deps>[] {
  return operations.flatMap((operation) => {
    const { mcp } = operation.doors;
    if (mcp === undefined || !profileOffers(profile, operation.name)) return [];
    if (!mcp.includes(placeholder)) {
      const offer = offerOf(operation, mcp);
      const { mcpAlias } = operation.doors;
      return mcpAlias === undefined ? [offer] : [offer, aliasOffer(offer, mcpAlias)];
    }
    if (personas.length === 0) return [];
    if (profile === 'compact') return [choiceOffer(operation, mcp, personas)];
    return personas.map((persona) => personaOffer(operation, mcp, persona));
  });
}

/** The persona meant by a tool name that is not on offer, such as `invoke_securty`; `undefined` for other names. */
export function personaMeantBy(tool: string, template: string): string | undefined {
  const [before = '', after = ''] = template.split(placeholder);
  if (!template.includes(placeholder) || !tool.startsWith(before) || !tool.endsWith(after)) return undefined;
  return tool.slice(before.length, tool.length - after.length).replaceAll('_', '-');
}

/** The tool of one persona, whether or not that persona is on offer: the operation refuses those it does not know. */
export function boundTo<Deps>(
  operation: AnyOperation<Deps>,
  persona: string,
): Pick<ToolOffer<Deps>, 'operation' | 'bound'> {
  return { operation, bound: { [placeholderField]: persona } };
}

export function isPersonaTemplate(operation: AnyOperation<never>): boolean {
  return operation.doors.mcp?.includes(placeholder) === true;
}

function offerOf<Deps>(operation: AnyOperation<Deps>, name: string): ToolOffer<Deps> {
  const { input, output } = schemasOf(operation, false);
  const annotations = hintsOf(operation.policy);
  return {
    definition: {
      name,
      description: operation.summary,
      inputSchema: input,
      outputSchema: output,
      annotations,
    },
    operation,
    bound: {},
    takesPersona: false,
  };
}

/** The same tool under a second name: what its fields mean stands beside the first. */
function aliasOffer<Deps>(offer: ToolOffer<Deps>, name: string): ToolOffer<Deps> {
  const { inputSchema, annotations, name: first } = offer.definition;
  const fields = Object.entries(inputSchema.properties);
  const properties = Object.fromEntries(
    fields.map(([field, { type }]) => [field, { type: type ?? 'string' }]),
  );
  return {
    ...offer,
    definition: {
      name,
      description: `Alias of ${first}.`,
      inputSchema: { ...inputSchema, properties },
      outputSchema: { type: 'object', properties: {} },
      ...(annotations === undefined ? {} : { annotations }),
    },
  };
}

function choiceOffer<Deps>(
  operation: AnyOperation<Deps>,
  template: string,
  personas: readonly PersonaCard[],
) {
  const offer = offerOf(operation, template.replace(placeholder, placeholderField));
  const names = personas.map((persona) => persona.name).join(', ');
  const description = `${operation.summary} Personas: ${names}.`;
  return { ...offer, definition: { ...offer.definition, description }, takesPersona: true };
}

function personaOffer<Deps>(
  operation: AnyOperation<Deps>,
  template: string,
  persona: PersonaCard,
): ToolOffer<Deps> {
  const { input, output } = schemasOf(operation, true);
  return {
    definition: {
      name: template.replace(placeholder, persona.name.replaceAll('-', '_')),
      description: cut(persona.description),
      inputSchema: input,
      outputSchema: output,
      annotations: hintsOf(operation.policy),
    },
    ...boundTo(operation, persona.name),
    takesPersona: false,
  };
}

/** A persona's description may be a page; in a list of tools it gets two lines, and the cut shows. */
function cut(description: string): string {
  return description.length <= longestDescription
    ? description
    : `${description.slice(0, longestDescription - 1)}…`;
}
const longestDescription = 240;

interface Schemas {
  input: ObjectSchema;
  output: ObjectSchema;
}
const described = { plain: new WeakMap<object, Schemas>(), bound: new WeakMap<object, Schemas>() };

/** An operation never changes, so its schemas are described once, however many personas and listings share them. */
function schemasOf(operation: AnyOperation<never>, bindsPersona: boolean): Schemas {
  const cache = bindsPersona ? described.bound : described.plain;
  const known = cache.get(operation);
  if (known !== undefined) return known;
  const { input, output } = operation as { input: z.ZodType; output: z.ZodType };
  const schemas: Schemas = {
    input: inputSchemaOf(input, bindsPersona ? [placeholderField] : []),
    output: outputSchemaOf(output),
  };
  cache.set(operation, schemas);
  return schemas;
}
