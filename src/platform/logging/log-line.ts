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
  const line = [time.slice(11, 19), level.padEnd(5), message, ...pairs].join(' ');
  return line.replace(
    /[\p{Cc}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
