import { systemClock, type Clock } from '../../kernel/index.ts';
import { commandLine, detailedLine, humanLine, jsonLine } from './log-line.ts';
import { plainValue } from './plain-fields.ts';
import { redactText } from './redact.ts';

/** From the least to the most severe; `silent` writes nothing. */
export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
/** One of `logLevels`. */
export type LogLevel = (typeof logLevels)[number];

/** Facts beside the message. Any value: errors, cycles, dates and huge ones are written readably and shortened. */
export type LogFields = Record<string, unknown>;

/** Writes log entries. Never throws, and never holds a secret that is recognised by its shape, name or value. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A logger that adds these fields to each entry; later ones of the same name win. */
  child(fields: LogFields): Logger;
}

/** Where lines go; standard error in production. */
export interface LogStream {
  isTTY?: boolean | undefined;
  write(line: string): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** What is written, where, and what is masked. */
export interface LoggerOptions {
  /** Least severe entries written. Default `info`. */
  level?: LogLevel;
  /**
   * `log` (default): one JSON object a line, a short line on a terminal; for processes that stay. `command`: a sentence for
   * whoever ran a command, on a terminal or not; `command-debug`: with all facts below it.
   */
  form?: 'log' | 'command' | 'command-debug';
  /** Default standard error. Standard output belongs to results and protocols. */
  stream?: LogStream;
  clock?: Clock;
  /** Values to mask wherever they appear, such as the keys of the models in use. */
  secrets?: readonly string[];
}

/** Writes entries of the level and above, in the form asked for. */
export function createLogger(options: LoggerOptions = {}): Logger {
  const { level = 'info', stream = process.stderr, clock = systemClock, secrets = [] } = options;
  // A reader that has gone must not end the process.
  stream.on('error', () => undefined);
  const least = logLevels.indexOf(level);
  const format = formatOf(options.form ?? 'log', stream);

  const write = (entryLevel: LogLevel, message: string, fields: LogFields) => {
    if (logLevels.indexOf(entryLevel) < least) return;
    const entry = {
      time: new Date(clock.now()).toISOString(),
      level: entryLevel,
      message: redactText(message, secrets),
      fields: plainValue(fields, secrets) as LogFields,
    };
    try {
      stream.write(`${format(entry)}\n`);
    } catch {
      // There is nowhere left to say it.
    }
  };
  const withFields = (bound: LogFields): Logger => ({
    debug: (message, fields) => write('debug', message, { ...bound, ...fields }),
    info: (message, fields) => write('info', message, { ...bound, ...fields }),
    warn: (message, fields) => write('warn', message, { ...bound, ...fields }),
    error: (message, fields) => write('error', message, { ...bound, ...fields }),
    child: (fields) => withFields({ ...bound, ...fields }),
  });
  return withFields({});
}

function formatOf(form: NonNullable<LoggerOptions['form']>, stream: LogStream) {
  if (form === 'command') return commandLine;
  if (form === 'command-debug') return detailedLine;
  return stream.isTTY === true ? humanLine : jsonLine;
}
