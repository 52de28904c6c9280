/** One entry, plain and masked. */
export interface LogEntry {
  time: string;
  level: string;
  message: string;
  fields: Record<string, unknown>;
}

export function jsonLine({ time, level, message, fields }: LogEntry): string {
  return JSON.stringify({ ...fields, time, level, message });
}

/** `12:00:01 warn  what happened  key=value`; control characters cannot move the cursor or forge a line. */
export function humanLine({ time, level, message, fields }: LogEntry): string {
  const pairs = Object.entries(fields).map(([name, value]) => {
    const text = typeof value === 'string' && !/[\s"=]/.test(value) ? value : JSON.stringify(value);
    return `${name}=${text}`;
  });
  return harmless([time.slice(11, 19), level.padEnd(5), message, ...pairs].join(' '));
}

// What ends a command is told by the command itself; whatever is logged beside it is no more than a warning.
const words: Readonly<Record<string, string>> = {
  debug: 'debug',
  info: 'note',
  warn: 'warning',
  error: 'warning',
};

/** `warning: what happened. What to do.` for whoever ran a command; the facts beside it are for logs. */
export function commandLine({ level, message, fields: { remedy } }: LogEntry): string {
  return harmless(
    [`${words[level]}:`, sentence(message), ...(typeof remedy === 'string' ? [remedy] : [])].join(' '),
  );
}

/** The same with causes and stacks, for `--debug`. */
export function detailedLine(entry: LogEntry): string {
  const { remedy: _remedy, ...facts } = entry.fields;
  const details = Object.keys(facts).length === 0 ? [] : JSON.stringify(facts, null, 2).split('\n');
  return [commandLine(entry), ...details.map(harmless)].join('\n');
}

const sentence = (text: string) => (/[.!?…]$/.test(text) ? text : `${text}.`);

const harmless = (line: string) =>
  line.replace(
    /[\p{Cc}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
