import type { AnyOperation, Call, ErrorCategory } from '../../kernel/index.ts';

/** Where a command writes and what it knows of its terminal. */
export interface Terminal {
  /** Results. */
  out(text: string): void;
  /** Progress, notes and errors. */
  err(text: string): void;
  /** Whether results go to a terminal, so that colour is welcome. */
  outIsTerminal: boolean;
  /** Whether notes go to a terminal, so that a line can be rewritten. */
  errIsTerminal: boolean;
  /** Whether a person can be asked. */
  inIsTerminal: boolean;
  /** Columns of the terminal, 80 where there is none. */
  columns: number;
  color: boolean;
  /**
   * Text piped in; undefined when a person sits there, or when the pipe stays silent and nobody said to `wait`:
   * `silent` then. `isEmpty` where the pipe, or the file in its place, ended without text.
   * Errors: `cli.context_too_large`; the signal's reason.
   */
  readInput(options: InputOptions): Promise<{ text: string | undefined; silent: boolean; isEmpty: boolean }>;
  /** Asks a yes-or-no question, `onEnter` being what return alone answers; only when `inIsTerminal`. */
  confirm(question: string, onEnter: 'yes' | 'no'): Promise<boolean>;
}

/** How standard input is read. */
export interface InputOptions {
  /** Whether text will come, so that a silent pipe is waited for. */
  wait: boolean;
  /** Most bytes that are taken; more is refused, so that an endless input ends. */
  maxBytes: number;
  signal: AbortSignal;
}

/** Options every command has. */
export interface GlobalOptions {
  project?: string | undefined;
  json: boolean;
  debug: boolean;
  /** `--set key=value`, by dotted name. */
  settings: Record<string, string>;
}

/** A project, opened as far as a command needs it. */
export interface CliSession<Deps> {
  /** Real path of the project's root. */
  root: string;
  personaNames(): Promise<string[]>;
  deps(): Promise<Deps>;
  /** Starts this process's workers; with a job id one worker for that job only. */
  work(onlyJobId?: string): Promise<CliWorker>;
  close(): Promise<void>;
}

/** The workers of this process. */
export interface CliWorker {
  stop(): Promise<void>;
  /** Jobs being worked on here. */
  readonly running: number;
  /**
   * Aborts, with the error as its reason, when the one job cannot be worked on here: nothing of it can be stored; and when
   * workers for all jobs have none left in a database whose file has been deleted or replaced.
   */
  readonly broken: AbortSignal;
}

/** What the composition root gives the command line. */
export interface CliHost<Deps> {
  version: string;
  operations: readonly AnyOperation<Deps>[];
  terminal: Terminal;
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** A `service` stays until it is told to end, and what it logs is for machines too. */
  openSession(options: GlobalOptions, use?: 'service'): Promise<CliSession<Deps>>;
  /** Runs the MCP server until its input ends. */
  serveMcp(options: GlobalOptions): Promise<void>;
  /** Category of an error that was stored by its code, such as why a job failed; `undefined` for an unknown code. */
  categoryOf(code: string): Promise<ErrorCategory | undefined>;
  /** Aborts on Ctrl-C or a request to end; a second one ends the process. */
  interrupted: AbortSignal;
  /** Commands of the composition root itself: set-up, diagnosis. */
  extraCommands: readonly ExtraCommand[];
}

/** A command that is no operation: it concerns this machine, not a project's data. */
export interface ExtraCommand {
  name: string;
  summary: string;
  /** Arguments as commander writes them, such as `[topic]`. */
  arguments?: readonly { name: string; summary: string }[];
  options?: readonly { flags: string; summary: string }[];
  /** Resolves to the exit code. */
  run(options: GlobalOptions, given: Record<string, unknown>, words: readonly string[]): Promise<number>;
}

/** How the command line names itself to operations. */
export const cliCall: Call = { door: 'cli', caller: 'cli' };
