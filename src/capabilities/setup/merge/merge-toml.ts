import { isDeepStrictEqual } from 'node:util';
import { setupErrors } from '../errors.ts';
import { assignments, inlineTable } from './toml-text.ts';
import type { ServerEntry } from './server-entry.ts';

type Table = Record<string, unknown>;
type Parse = (text: string) => Table;

/**
 * The text of a TOML file with the server's table in it. Works on lines, so that comments and order stay, and compares
 * what the text means before and after: nothing but the server's own fields may differ.
 * Errors: `setup.config_unreadable` with file and line, `setup.config_not_mergeable` with the entry to add by hand.
 */
export async function mergeToml(text: string | undefined, server: ServerEntry): Promise<string> {
  const { parse } = (await import('smol-toml')) as { parse: Parse };
  const current = text ?? '';
  // Copied, since the parser's objects have no prototype and would equal no others.
  const before = structuredClone(parsed(parse, current, server));
  const known = tableAt(before, [server.serversKey, server.name]);
  const isCurrent = Object.entries(server.fields).every(([key, value]) =>
    isDeepStrictEqual(known?.[key], value),
  );
  if (known !== undefined && isCurrent) return current;

  const merged = known === undefined ? appended(current, server) : replaced(parse, current, server);
  const after = merged === undefined ? undefined : safely(() => parse(merged));
  const wanted = structuredClone(before);
  const servers = (wanted[server.serversKey] ??= {}) as Table;
  servers[server.name] = known === undefined ? wholeOf(server) : { ...known, ...server.fields };
  if (merged === undefined || !isDeepStrictEqual(structuredClone(after), wanted)) {
    throw setupErrors.make('setup.config_not_mergeable', {
      path: server.shownPath,
      reason: `${server.serversKey} is not written as tables`,
      ...byHand(parse, current, before, server),
    });
  }
  return merged;
}

function parsed(parse: Parse, text: string, { shownPath }: ServerEntry): Table {
  try {
    return parse(text);
  } catch (error) {
    const { line, message } = error as { line?: number; message: string };
    const reason = message.split('\n')[0]!.replace(/^Invalid TOML document: /, '');
    throw setupErrors.make('setup.config_unreadable', { path: shownPath, line, reason });
  }
}

const wholeOf = ({ fields, initialFields }: ServerEntry): Table => ({ ...fields, ...initialFields });

const headerOf = ({ serversKey, name }: ServerEntry) => `[${serversKey}.${name}]`;

function tableText(server: ServerEntry, fields = wholeOf(server)): string {
  return [headerOf(server), ...assignments(fields)].join('\n');
}

/** What a person adds, and where: a table in braces takes nothing but what stands inside them. */
function byHand(
  parse: Parse,
  text: string,
  before: Table,
  server: ServerEntry,
): { how: string; entry: string } {
  const { serversKey, name, fields } = server;
  const known = tableAt(before, [serversKey, name]);
  const whole = known === undefined ? wholeOf(server) : { ...known, ...fields };
  const inBraces = `${name} = ${inlineTable(whole)}`;
  const isOpen = safely(() => parse(`${text}\n[${serversKey}."a name that nobody has"]\n`)) !== undefined;
  if (isOpen)
    return {
      how: `Put this in place of what it says of ${serversKey}.${name}`,
      entry: tableText(server, whole),
    };
  if (known !== undefined)
    return { how: `Put this in place of \`${name} = …\` in the braces of ${serversKey}`, entry: inBraces };
  return {
    how: `Add this inside the braces of \`${serversKey} = { … }\`, with a comma to what stands there`,
    entry: inBraces,
  };
}

const lineEndOf = (text: string) => (text.includes('\r\n') ? '\r\n' : '\n');

function appended(text: string, server: ServerEntry): string {
  const eol = lineEndOf(text);
  const gap = text === '' ? '' : text.endsWith('\n') ? eol : eol + eol;
  return `${text}${gap}${tableText(server).replaceAll('\n', eol)}${eol}`;
}

/** Replaces the given fields in the server's own table; `undefined` when it has no table of that form. */
function replaced(parse: Parse, text: string, server: ServerEntry): string | undefined {
  const eol = lineEndOf(text);
  const lines = text.split(eol);
  const header = lines.findIndex(
    (line) => line.replace(/#.*/, '').replaceAll(/[\s"']/g, '') === headerOf(server),
  );
  if (header === -1) return undefined;
  const next = lines.findIndex((line, index) => index > header && /^\s*\[/.test(line));
  const end = next === -1 ? lines.length : next;
  const kept = withoutFields(parse, lines.slice(header + 1, end), new Set(Object.keys(server.fields)));
  return [...lines.slice(0, header + 1), ...assignments(server.fields), ...kept, ...lines.slice(end)].join(
    eol,
  );
}

/** Lines without the assignments of these keys; a value may go over several lines. */
function withoutFields(parse: Parse, lines: readonly string[], keys: ReadonlySet<string>): string[] {
  const kept: string[] = [];
  for (let index = 0; index < lines.length; index++) {
    const key = /^\s*["']?([\w-]+)["']?\s*=/.exec(lines[index]!)?.[1];
    if (key === undefined || !keys.has(key)) {
      kept.push(lines[index]!);
      continue;
    }
    let last = index;
    while (last < lines.length && safely(() => parse(lines.slice(index, last + 1).join('\n'))) === undefined)
      last++;
    index = last;
  }
  return kept;
}

function tableAt(table: Table, path: readonly string[]): Table | undefined {
  let place: unknown = table;
  for (const key of path)
    place = typeof place === 'object' && place !== null ? (place as Table)[key] : undefined;
  return typeof place === 'object' && place !== null ? (place as Table) : undefined;
}

function safely<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
