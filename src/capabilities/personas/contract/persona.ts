import { z } from 'zod';

export const personaSummary = z.object({
  name: z.string().describe('Identifier: the file name without .md, kebab-case, 1 to 50 characters.'),
  display_name: z.string().describe('Name shown to people.'),
  description: z.string().describe('What the persona is for, one line, at most 1000 characters.'),
  priority: z
    .enum(['core', 'specialist'])
    .describe('Core personas cover most work and name a specialist for depth.'),
  layer: z.enum(['built-in', 'user', 'project']).describe('Where the file lies.'),
  replaces: z
    .array(z.enum(['built-in', 'user', 'project']))
    .describe('Layers whose persona of the same name this one replaces, nearest first.'),
  trusted: z
    .boolean()
    .describe('False for a project persona whose exact text nobody has trusted: offline reviewer only.'),
  tool_name: z.string().describe('MCP tool that asks this persona.'),
  standard_directory: z
    .string()
    .nullable()
    .describe('Folder under .agent-os/standards/ that its standards live in; null when it owns none.'),
  checks: z
    .array(z.string())
    .describe(
      'Rule packs, or single rules of them, that run_analyzers applies for it; empty when it has none.',
    ),
  path: z.string().describe('The file, relative to the project where it lies in it.'),
});

export const personaDetails = personaSummary.extend({
  body: z.string().describe('The instructions, without front matter.'),
  content_hash: z.string().describe('SHA-256 of the file, 64 hex digits; what trust is given to.'),
  size_bytes: z.int().min(0).describe('Size of the file, bytes.'),
  tokens: z.int().min(0).describe('Tokens of the instructions.'),
  tokenizer: z.string().describe('Tokenizer the figure in tokens comes from.'),
  model: z.string().nullable().describe('Model its author asked for; the model chain decides.'),
  max_turns: z
    .int()
    .min(1)
    .max(200)
    .nullable()
    .describe('Most model turns of one job, 1 to 200; null: as configured.'),
  tools: z.array(z.string()).nullable().describe('The only tools it may use; null means all.'),
  disallowed_tools: z.array(z.string()).describe('Tools it must not use.'),
  front_matter: z
    .record(z.string(), z.unknown())
    .describe('The whole front matter as data, unknown keys included.'),
});

export const personaProblem = z.object({
  path: z.string().describe('The file or folder.'),
  line: z.int().min(1).nullable().describe('Line in the file, from 1; null when it is about the whole file.'),
  column: z.int().min(1).nullable().describe('Column in that line, from 1; null when unknown.'),
  severity: z.enum(['error', 'warning']).describe('error: the persona is not loaded; warning: it is.'),
  message: z.string().describe('What is wrong, and what to do.'),
});

export const switchedOffPersona = z.object({
  name: z.string().describe('Identifier of the persona.'),
  setting: z.string().describe('Setting that switches it off.'),
});

export const personaCheck = z.object({
  name: z.string().describe('Identifier of the persona.'),
  path: z.string().describe('The file.'),
  size_bytes: z.int().min(0).describe('Size of the file, bytes.'),
  size_limit_bytes: z.int().min(1).describe('Largest accepted file, bytes (personas.max_document_bytes).'),
  tokens: z.int().min(0).describe('Tokens of the instructions.'),
  token_limit: z.int().min(1).describe('Tokens above which the instructions are reported as long.'),
  unused_keys: z.array(z.string()).describe('Front matter keys that are kept and have no effect.'),
});

export type PersonaOnTheWire = z.output<typeof personaSummary>;
export type PersonaProblemOnTheWire = z.output<typeof personaProblem>;
