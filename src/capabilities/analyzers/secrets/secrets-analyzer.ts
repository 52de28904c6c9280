import type { Evidence } from '../evidence.ts';
import { quoteLines } from '../rules/quote.ts';
import { isTestFile } from '../rules/test-files.ts';
import { assignedKinds } from './assigned-credentials.ts';
import { scanForSecrets, type FoundSecret } from './find-secrets.ts';
import { redactedMark } from './redacted-mark.ts';

/** What the scan for secrets finds, in the words of a rule; it reads files of every language. */
export const secretRule = {
  id: 'security/any/secret-in-code',
  trade: 'security',
  family: 'any',
  severity: 'critical',
  title: 'A secret is in the project',
  why: 'Whoever can read the repository, a copy or a backup of it can use the secret, and history keeps it after deletion.',
  remedy: 'Revoke it at its issuer, then read a new one from the environment or a secret store.',
  reference: 'CWE-798',
  analyzer: 'secrets',
} as const;

const documentation = /\.(?:md|mdx|markdown|rst|adoc|asciidoc|textile|rdoc|pod)$/i;
/** A line of a comment that documents what follows: values there are examples too. */
const inDocComment = /^\s*\*\s/;
/** What is a secret by its name or place alone: in documentation such values show how a setting is written. */
const byPlace: ReadonlySet<string> = new Set([...assignedKinds, 'basicauth']);

/**
 * One finding for each secret in a file, the secret masked in its quote. Tests hold test keys: they are left out. In
 * documentation, comments that document code included, only what has the form of a key counts.
 */
export async function secretEvidence(file: { path: string; text: string }): Promise<Evidence[]> {
  if (isTestFile(file.path, file.text)) return [];
  const found = await scanForSecrets(file.text, { name: file.path });
  const lines = file.text.split(/\r?\n/);
  const secrets = found.filter(
    ({ kind, line }) =>
      !byPlace.has(kind) || !(documentation.test(file.path) || inDocComment.test(lines[line - 1]!)),
  );
  if (secrets.length === 0) return [];
  const masked = mask(file.text, secrets).split(/\r?\n/);
  return secrets.map(({ line, kind, start }) => ({
    rule: secretRule.id,
    trade: secretRule.trade,
    severity: secretRule.severity,
    title: `${secretRule.title} (${kind})`,
    why: secretRule.why,
    remedy: secretRule.remedy,
    reference: secretRule.reference,
    file: file.path,
    line,
    endLine: line,
    column: start - file.text.lastIndexOf('\n', start - 1),
    quote: quoteLines(masked, line, line),
    analyzer: 'secrets',
  }));
}

/** A mark in place of each secret, line ends kept so that lines keep their numbers. */
function mask(text: string, secrets: readonly FoundSecret[]): string {
  let masked = '';
  let at = 0;
  for (const { start, end, kind } of secrets) {
    masked += text.slice(at, start) + text.slice(start, end).replace(/[^\r\n]+/g, redactedMark(kind));
    at = end;
  }
  return masked + text.slice(at);
}
