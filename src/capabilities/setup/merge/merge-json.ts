import { isDeepStrictEqual } from 'node:util';
import { setupErrors } from '../errors.ts';
import { insertProperty } from './insert-property.ts';
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
  const { applyEdits, findNodeAtLocation, modify, parseTree, getNodeValue, printParseErrorCode } =
    await import('jsonc-parser');
  const mark = text.startsWith(byteOrderMark) ? byteOrderMark : '';
  const body = text.slice(mark.length);

  const errors: Parameters<typeof parseTree>[1] = [];
  const root = parseTree(body, errors, { allowTrailingComma: true });
  const first = errors?.[0];
  if (first !== undefined)
    throw unreadable(server, lineAt(body, first.offset), inWords(printParseErrorCode(first.error)));
  if (root?.type !== 'object') throw unreadable(server, 1, 'it is not an object');
  const servers = findNodeAtLocation(root, [serversKey]);
  if (servers === undefined) return mark + insertProperty(body, root, serversKey, { [name]: whole });
  if (servers.type !== 'object') throw unreadable(server, undefined, `${serversKey} is not an object`);
  const own = findNodeAtLocation(servers, [name]);
  if (own === undefined) return mark + insertProperty(body, servers, name, whole);

  const known: unknown = getNodeValue(own);
  const formattingOptions = { insertSpaces: !/^\t/m.test(body), eol: body.includes('\r\n') ? '\r\n' : '\n' };
  let merged = body;
  const set = (path: string[], value: unknown) => {
    merged = applyEdits(merged, modify(merged, path, value, { formattingOptions }));
  };
  if (!isObject(known)) set([serversKey, name], whole);
  else {
    for (const [key, value] of Object.entries(fields))
      if (!isDeepStrictEqual(known[key], value)) set([serversKey, name, key], value);
  }
  return mark + merged;
}

/** `ValueExpected` */
const inWords = (code: string) => code.replace(/\B[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();

function unreadable({ shownPath }: ServerEntry, line: number | undefined, reason: string): Error {
  return setupErrors.make('setup.config_unreadable', { path: shownPath, line, reason });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const lineAt = (text: string, offset: number) => text.slice(0, offset).split('\n').length;
