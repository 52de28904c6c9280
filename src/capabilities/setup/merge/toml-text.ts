type Table = Record<string, unknown>;

/** `key = value` for each field, on a line of its own each. */
export function assignments(fields: Table): string[] {
  return Object.entries(fields).map(([key, value]) => `${keyText(key)} = ${valueText(value)}`);
}

/** A table in braces, on one line. */
export function inlineTable(fields: Table): string {
  return `{ ${assignments(fields).join(', ')} }`;
}

const keyText = (key: string) => (/^[\w-]+$/.test(key) ? key : JSON.stringify(key));

function valueText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  // Before the tables: a date is an object too, and is written as it stands.
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object' && value !== null) return inlineTable(value as Table);
  // A JSON string is one in TOML too.
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
