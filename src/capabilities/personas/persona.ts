import type { Place } from '../../platform/front-matter/index.ts';
import type { PersonaCheck } from './document/rule-packs.ts';

/** Where a persona came from. Nearer layers (project, then user) replace farther ones of the same name. */
export type Layer = 'built-in' | 'user' | 'project';

/** What a persona's document says, checked; the same whichever layer it lies in. */
export interface PersonaDocument {
  /** Identifier: the file's name without `.md`, kebab-case, at most 50 characters. */
  readonly name: string;
  /** `display_name`, else a title given as `name`, else the identifier in words. */
  readonly displayName: string;
  /** One line, at most 1,000 characters. */
  readonly description: string;
  readonly priority: 'core' | 'specialist';
  /** Folder under `.agent-os/standards/` where this persona's standards live; `undefined` when it owns none. */
  readonly standardDirectory: string | undefined;
  /** Where the file is, as shown to people; see `LayerFolder.shownAs`. Forward slashes. */
  readonly path: string;
  /** The instructions: everything after the front matter, line ends as `\n`, trimmed. Never empty. */
  readonly body: string;
  /** SHA-256 of the file's bytes, lowercase hex. Trust hangs on it. */
  readonly contentHash: string;
  /** Size of the file in bytes. */
  readonly sizeBytes: number;
  /** Most model turns of one job, 1 to 200; `undefined` leaves it to the configuration. */
  readonly maxTurns: number | undefined;
  /** The only tools it may use; `undefined` means all. */
  readonly tools: readonly string[] | undefined;
  /** Tools it must not use, whatever `tools` says. */
  readonly disallowedTools: readonly string[];
  /** The model its author asked for; a wish, the model chain decides. */
  readonly model: string | undefined;
  /** Rule packs, or rules of them, that `run_analyzers` applies for it, in this order; empty when it has none. */
  readonly checks: readonly PersonaCheck[];
  /** Where each of `checks` stands in the file; of a shipped persona, where the front matter begins. */
  readonly checkPlaces: ReadonlyMap<PersonaCheck, Place>;
  /** The whole front matter as data, unknown keys included, so that nothing an author wrote is lost. */
  readonly frontMatter: Readonly<Record<string, unknown>>;
  /** Keys of the front matter that Troupe does not read. */
  readonly unusedKeys: readonly string[];
}

/** A persona as it can be asked. */
export interface Persona extends PersonaDocument {
  readonly layer: Layer;
  /**
   * Built-in and user personas are trusted; a project's only after a person trusted exactly this text. Until then
   * `displayName` is the identifier in words.
   */
  readonly trusted: boolean;
  /** The layers whose persona of the same name this one replaces, nearest first. */
  readonly replaces: readonly Layer[];
  /** The checks of the persona it replaces, where it says nothing of checks itself and so has none; else empty. */
  readonly checksReplaced: readonly PersonaCheck[];
  /** MCP tool name: `invoke_` and the name with `_` for `-`. */
  readonly toolName: string;
}

/** What is wrong with a persona file. An error means the persona is not loaded; a warning that it is. */
export interface PersonaProblem {
  /** The file, or the folder, as shown to people. */
  readonly path: string;
  /** 1-based line in the file; `undefined` when it is about the file as a whole. */
  readonly line: number | undefined;
  /** 1-based column. */
  readonly column?: number;
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/** Identifiers: kebab-case, at most 50 characters so that `invoke_` and a client's prefix fit its 64. */
export function isPersonaName(text: string): boolean {
  return text.length <= 50 && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text);
}

/** The MCP tool that asks this persona. */
export function toolNameOf(name: string): string {
  return `invoke_${name.replaceAll('-', '_')}`;
}

/**
 * What a client's model is told about a persona's tool. A project's text reaches that model only once a person
 * has trusted it: a tool description is an instruction to whoever reads it.
 */
export function toolDescriptionOf(persona: Persona): string {
  if (persona.trusted) return `Ask the ${persona.displayName} persona. ${persona.description}`;
  return `Ask the persona "${persona.name}" from this project's files. Nobody has trusted it yet, so it answers with the offline reviewer only.`;
}
