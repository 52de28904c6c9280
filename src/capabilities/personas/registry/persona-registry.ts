import type { Persona, PersonaProblem } from '../persona.ts';
import type { PersonaSwitches } from './switches.ts';

/** A persona that exists and cannot be asked, and the setting that says so. */
export interface SwitchedOff {
  persona: Persona;
  setting: string;
}

/** All personas of one project, always as the files are now. */
export interface PersonaRegistry {
  /**
   * The personas that can be asked: core first, then specialists, each by name. Looks at the folders each time
   * (one listing and one `stat` a file) and reads only what changed. Never throws for what the files hold.
   */
  list(): Promise<readonly Persona[]>;
  /**
   * One persona by name, `@name`, or title ("Software Architect"), in any case.
   * Errors: `personas.unknown` with the nearest names, `personas.not_loaded` with the reason,
   * `personas.switched_off` with the setting.
   */
  find(name: string): Promise<Persona>;
  /** What is wrong with files, and every replacement, as of the latest look at the folders. */
  problems(): Promise<readonly PersonaProblem[]>;
  /** Personas that the configuration switches off. */
  switchedOff(): Promise<readonly SwitchedOff[]>;
  /**
   * Calls back after the personas, their trust or their problems differ from what was last seen. The folders are
   * watched from the first listener to the last; watching never keeps the process alive. Returns the way to stop.
   */
  onChange(listener: () => void): () => void;
  /** Stops watching. The registry can still be read. */
  close(): void;
}

/** Where the layers lie, what is switched off, and the limits of a folder. */
export interface PersonaRegistryOptions {
  /** Absolute path of the personas shipped with the package. */
  builtInFolder: string;
  /** Absolute path of the user's own personas, beside the user's configuration. */
  userFolder?: string | undefined;
  /** Absolute path of the project's personas, `<root>/.agent-os/personas`. */
  projectFolder?: string | undefined;
  switches?: PersonaSwitches | undefined;
  /** Largest persona file, bytes (`personas.max_document_bytes`); default 50,000. */
  maxDocumentBytes?: number | undefined;
  /** Most persona files in one folder (`personas.max_files`); default 500. */
  maxFiles?: number | undefined;
}
