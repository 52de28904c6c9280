import type { Evidence } from '../evidence.ts';
import { quoteLines } from '../rules/quote.ts';
import { redactedMark } from './redacted-mark.ts';

/** Whether a rule is about a secret that stands in the code as a literal. */
export function isCredentialRule(rule: string): boolean {
  return /^security\/\w+\/hardcoded-/.test(rule);
}

/**
 * Findings with the literals masked that a rule takes for a secret, in its own quote and in every other that shows the
 * same lines. The scan for secrets does not know such a literal: nothing but its place tells what it is.
 */
export function maskLiterals(found: readonly Evidence[], text: string): Evidence[] {
  const places = found.filter(({ rule }) => isCredentialRule(rule));
  if (places.length === 0) return [...found];
  const lines = text.split(/\r?\n/);
  for (const { line, endLine } of places)
    lines.splice(
      line - 1,
      endLine - line + 1,
      ...masked(lines.slice(line - 1, endLine).join('\n')).split('\n'),
    );
  const shows = (one: Evidence) =>
    places.some(({ line, endLine }) => one.line <= endLine && line <= one.endLine);
  return found.map((one) =>
    one.analyzer === 'syntax' && shows(one)
      ? { ...one, quote: quoteLines(lines, one.line, one.endLine) }
      : one,
  );
}

const literal = /(?<quote>'''|"""|["'`])(?<value>(?:\\[^]|(?!\k<quote>)[^])+)\k<quote>(?<after>\s*:)?/g;
/** Names of settings, algorithms and encodings say how a secret is used. */
const readsSetting = /(?:\[|\b(?:\w*[eE]nv|get|environ)\()\s*$/;
const settingName = /^[A-Z][A-Z\d_]*$/;
const algorithm =
  /^(?:[HREP]S\d{3}|md5|sha-?\d+|utf-?8|hex|base64(?:url)?|latin1|ascii|binary|aes[\w/-]*|hmac\w*)$/i;

function masked(code: string): string {
  let shown = '';
  let at = 0;
  for (const found of code.matchAll(literal)) {
    const { quote, value, after } = found.groups as { quote: string; value: string; after?: string };
    const before = code.slice(Math.max(0, found.index - 40), found.index);
    const isKey = after !== undefined && /(?:^|[{,(\n])\s*$/.test(before);
    const isName = readsSetting.test(before) && settingName.test(value);
    if (isKey || isName || algorithm.test(value)) continue;
    const start = found.index + quote.length;
    shown += code.slice(at, start) + value.replace(/[^\r\n]+/g, redactedMark('credential'));
    at = start + value.length;
  }
  return shown + code.slice(at);
}
