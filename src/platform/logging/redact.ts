const shown = '[redacted]';

// Each is anchored by a literal and bounded, so that a line is scanned in time linear in its length.
const patterns: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^]{0,20000}?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g, shown],
  // Anthropic, OpenAI, OpenRouter and those who follow them.
  [/\bsk-[A-Za-z0-9_-]{16,300}/g, shown],
  [/\bAIza[A-Za-z0-9_-]{30,60}/g, shown],
  [/\b(?:gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{20,255}|glpat-[A-Za-z0-9_-]{16,100})/g, shown],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, shown],
  [
    /\b(?:xox[abeprs]-[A-Za-z0-9-]{10,200}|gsk_[A-Za-z0-9]{20,100}|hf_[A-Za-z0-9]{20,100}|npm_[A-Za-z0-9]{30,60})/g,
    shown,
  ],
  [/\beyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{0,4000}/g, shown],
  [/\b(Bearer|Basic)\s{1,4}[A-Za-z0-9._~+/=-]{8,4000}/gi, `$1 ${shown}`],
  [/\b([a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"']{0,200}):[^\s/@"']{1,500}@/gi, `$1:${shown}@`],
  [
    /\b((?:api[_-]?key|access[_-]?token|client[_-]?secret|password|passwd)["']?\s{0,4}[=:]\s{0,4}["']?)[^\s"',;&]{6,500}/gi,
    `$1${shown}`,
  ],
];

const secretName =
  /(?:^|[_.-])(?:authorization|cookie|password|passwd|passphrase|secret|credentials?|token|api_?key|private_?key)s?$/;

/** Whether a field of this name holds a secret, in any spelling: `apiKey`, `x-api-key`, `AUTHORIZATION`, `accessToken`. */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll('-', '_');
  return secretName.test(words);
}

/**
 * Masks what looks like a secret: keys of the known providers, bearer tokens, passwords in addresses and assignments,
 * private keys; and each of the `known` values, exactly (those under 8 characters are too common to mask).
 */
export function redactText(text: string, known: readonly string[] = []): string {
  let masked = text;
  for (const value of known) if (value.length >= 8) masked = masked.replaceAll(value, shown);
  for (const [pattern, replacement] of patterns) masked = masked.replace(pattern, replacement);
  return masked;
}

export const redactedValue = shown;
