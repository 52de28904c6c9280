import type { Node } from 'jsonc-parser';

/**
 * The text with one more property at the beginning of an object, in the file's own indentation. What stands there
 * already is not touched, comments included.
 */
export function insertProperty(text: string, object: Node, key: string, value: unknown): string {
  const isEmpty = (object.children ?? []).length === 0;
  const comma = isEmpty ? '' : ',';
  const start = object.offset + 1;
  if (!text.includes('\n')) {
    return `${text.slice(0, start)}${JSON.stringify(key)}:${JSON.stringify(value)}${comma}${text.slice(start)}`;
  }
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const unit = indentOf(text);
  const base = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', object.offset) + 1))![0];
  const json = JSON.stringify(value, null, unit).replaceAll('\n', `${eol}${base}${unit}`);
  const property = `${eol}${base}${unit}${JSON.stringify(key)}: ${json}${comma}`;
  // A comment behind the brace belongs to the brace.
  const comment = /^[ \t]*\/\/[^\r\n]*/.exec(text.slice(start))?.[0] ?? '';
  const at = start + comment.length;
  const rest = text.slice(at);
  const close = isEmpty && /^[ \t]*\}/.test(rest) ? `${eol}${base}` : '';
  // The next property stays on a line of its own.
  const gap = !isEmpty && !/^[ \t]*\r?\n/.test(rest) ? `${eol}${base}${unit}` : '';
  return `${text.slice(0, at)}${property}${close}${gap}${close + gap === '' ? rest : rest.trimStart()}`;
}

/** One level of the file's indentation. */
function indentOf(text: string): string {
  return /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
}
