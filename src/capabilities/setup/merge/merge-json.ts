import { isDeepStrictEqual } from 'node:util';
import type { FormattingOptions } from 'jsonc-parser';
import { setupErrors } from '../errors.ts';
import type { ServerEntry } from './server-entry.ts';

const byteOrderMark = '\uFEFF';

/**
 * The text of a JSON file, comments allowed, with the server in it. Everything else stays as it was: order, comments,
 * other servers, other fields of this server. The same text comes back when nothing is to be changed.
 * Errors: `setup.config_unreadable` with file and line.
 */
export async function mergeJson(text: string | undefined, server: ServerEntry): Promise<string> {
  const { name, fields, serversKey, initialFields } = server;
  const whole = { ...fields, ...initialFields };
  if (text === undefined || text.replace(byteOrderMark, '').trim() === '')
    return `${JSON.stringify({ [serversKey]: { [name]: whole } }, null, 2)}\n`;
  const { applyEdits, modify, parse, printParseErrorCode } = await import('jsonc-parser');
  const mark = text.startsWith(byteOrderMark) ? byteOrderMark : '';
  let body = text.slice(mark.length);

  const errors: Parameters<typeof parse>[1] = [];
  const parsed: unknown = parse(body, errors, { allowTrailingComma: true });
  const first = errors?.[0];
  if (first !== undefined)
    throw unreadable(server, lineAt(body, first.offset), printParseErrorCode(first.error));
  if (!isObject(parsed)) throw unreadable(server, 1, 'it is not an object');
  const servers = parsed[serversKey];
  if (servers !== undefined && !isObject(servers))
    throw unreadable(server, undefined, `${serversKey} is not an object`);
  const known = servers?.[name];

  const formattingOptions = formattingOf(body);
  const set = (path: string[], value: unknown) => {
    body = applyEdits(body, modify(body, path, value, { formattingOptions }));
  };
  if (!isObject(known)) set([serversKey, name], whole);
  else {
    for (const [key, value] of Object.entries(fields))
      if (!isDeepStrictEqual(known[key], value)) set([serversKey, name, key], value);
  }
  return mark + body;
}

function unreadable({ shownPath }: ServerEntry, line: number | undefined, reason: string): Error {
  const words = reason.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
  return setupErrors.make('setup.config_unreadable', { path: shownPath, line, reason: words });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const lineAt = (text: string, offset: number) => text.slice(0, offset).split('\n').length;

/** The file's own indentation and line ends. */
function formattingOf(text: string): FormattingOptions {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}
