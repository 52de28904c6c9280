import { assignedCredentials, assignedKinds } from './assigned-credentials.ts';
import { commandCredentials } from './command-credentials.ts';
import { wholeHeadings } from './hunk-headings.ts';
import { literalCredentials } from './literal-credentials.ts';
import { maskPrivateKeys } from './mask-keys.ts';
import { namedValues } from './named-values.ts';
import { isPlaceholder } from './placeholders.ts';
import { redactedMark } from './redacted-mark.ts';
import { openSecretlint } from './secretlint.ts';
import type { Candidate } from './secretlint.ts';
import { tokenShapes } from './token-shapes.ts';

/** A secret in a text. `start` and `end` are offsets of the secret itself; `line` is 1-based. */
export interface FoundSecret {
  line: number;
  kind: string;
  start: number;
  end: number;
}

/**
 * The secrets in a text, by place: known token formats (secretlint's recommended rules), cloud access keys, and values
 * of high entropy assigned to names such as `api_key`. Examples and placeholders are not secrets.
 * `name` is a file name, which lets a rule know the format. `strict` is for text that people or models write to be kept,
 * where a refusal costs little: every token shape counts, every literal value under a secret's name, quoted or not, and every
 * password by its place in a command.
 */
export async function scanForSecrets(
  text: string,
  options: { name?: string; strict?: boolean } = {},
): Promise<FoundSecret[]> {
  const known = (await knownForms(text, options.name ?? 'text.txt')).filter(
    ({ kind, start, end }) => kind === 'privatekey' || !isExample(text.slice(start, end)),
  );
  if (options.strict !== true) return placed(text, known);
  // Of two that see the same, the one that knows what it is comes first.
  return placed(text, [
    ...tokenShapes(text),
    ...commandCredentials(text),
    ...known,
    ...literalCredentials(text),
  ]);
}

/**
 * Replaces every secret in a text by `[redacted: kind]`, each line for itself, so that lines keep their numbers. On the
 * safe side: examples that look like a token are replaced too, and so is every value under a name that says it is secret.
 * What was redacted once stays as it is. `kinds` lists each kind once.
 */
export async function redactSecrets(
  given: string,
): Promise<{ text: string; redacted: number; kinds: string[] }> {
  // By parts: a key that was cut, numbered, or stands in a diff is not found whole.
  const { text, masked } = maskPrivateKeys(wholeHeadings(given));
  const known = (await knownForms(text, 'text.txt')).filter(
    ({ kind, start, end }) => !assignedKinds.has(kind) || !isPlaceholder(text.slice(start, end)),
  );
  const secrets = placed(text, [...known, ...tokenShapes(text), ...namedValues(text)]);
  let redacted = '';
  let at = 0;
  for (const { start, end, kind } of secrets) {
    redacted += text.slice(at, start) + text.slice(start, end).replace(/[^\r\n]+/g, redactedMark(kind));
    at = end;
  }
  const kinds = [...new Set([...(masked > 0 ? ['privatekey'] : []), ...secrets.map((s) => s.kind)])];
  return { text: redacted + text.slice(at), redacted: masked + secrets.length, kinds };
}

async function knownForms(text: string, name: string): Promise<Candidate[]> {
  const byForm = mayHoldToken(text) ? await (await openSecretlint())(text, name) : [];
  return [...byForm, ...assignedCredentials(text)];
}

/** Placeholders, and `//admin:admin@`: what a program comes with before anybody has chosen a password. */
function isExample(value: string): boolean {
  return isPlaceholder(value) || /\/\/([^:@/\s]+):\1@/.test(value);
}

/** Most short texts, such as a task, have nothing of the form of a token: they need not wait until secretlint is loaded. */
function mayHoldToken(text: string): boolean {
  if (/:\/\/|PRIVATE KEY/.test(text)) return true;
  return text.match(/[\w+/=-]{12,}/g)?.some((run) => /\d|[a-z].*[A-Z]/.test(run)) === true;
}

/** By place; those that overlap are one, of the first one's kind. */
function placed(text: string, candidates: readonly Candidate[]): FoundSecret[] {
  const found: FoundSecret[] = [];
  const lineAt = lineCounter(text);
  for (const { kind, start, end } of candidates.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = found.at(-1);
    if (last === undefined || start >= last.end) found.push({ line: lineAt(start), kind, start, end });
    else last.end = Math.max(last.end, end);
  }
  return found;
}

/** Lines of rising offsets, in one pass over the text. */
function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let at = 0;
  return (offset) => {
    for (; at < offset; at++) if (text.charCodeAt(at) === 10) line++;
    return line;
  };
}
