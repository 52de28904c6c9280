import { assignedCredentials, assignedKinds } from './assigned-credentials.ts';
import { commandCredentials } from './command-credentials.ts';
import { literalCredentials } from './literal-credentials.ts';
import { isPlaceholder } from './placeholders.ts';
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
    ({ kind, start, end }) => kind === 'privatekey' || !isPlaceholder(text.slice(start, end)),
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
 * Replaces every secret in a text by `[redacted: kind]`; on the safe side, so examples that look like a token are
 * replaced too. `kinds` lists each kind once.
 */
export async function redactSecrets(
  text: string,
): Promise<{ text: string; redacted: number; kinds: string[] }> {
  const known = (await knownForms(text, 'text.txt')).filter(
    ({ kind, start, end }) => !assignedKinds.has(kind) || !isPlaceholder(text.slice(start, end)),
  );
  const secrets = placed(text, [...known, ...tokenShapes(text)]);
  let redacted = '';
  let at = 0;
  for (const { start, end, kind } of secrets) {
    redacted += `${text.slice(at, start)}[redacted: ${kind}]`;
    at = end;
  }
  const kinds = [...new Set(secrets.map((s) => s.kind))];
  return { text: redacted + text.slice(at), redacted: secrets.length, kinds };
}

async function knownForms(text: string, name: string): Promise<Candidate[]> {
  const scan = await openSecretlint();
  return [...(await scan(text, name)), ...assignedCredentials(text)];
}

/** By place; of those that overlap, the first and longest. */
function placed(text: string, candidates: readonly Candidate[]): FoundSecret[] {
  const found: FoundSecret[] = [];
  const lineAt = lineCounter(text);
  for (const { kind, start, end } of candidates.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = found.at(-1);
    if (last === undefined || start >= last.end) found.push({ line: lineAt(start), kind, start, end });
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
