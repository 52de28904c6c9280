const shown = '[redacted]';

/**
 * How tokens begin that services issue and no pattern below knows; whatever follows is masked. The scanner of `analyzers` has
 * forms of its own: there a match is a finding, so it wants the whole token and none that reads as words, and knows where it
 * begins and ends. Here a start loads nothing for it, a token may be cut short, and a word too many is no harm. A test beside
 * the scanner has every form of it pass through here.
 */
const issued = [
  String.raw`[rs]k_(?:live|test)_|do[oprt]_v1_|pscale_[a-z]{2,12}_|shp[a-z]{2,3}_|gl(?:c|sa)_|ntn_|lin_api_|ops_ey|vc[aciprk]_`,
  String.raw`dckr_pat_|figd_|cf(?:k|ut|at)_|pypi-|pul-|tskey-|sq0[a-z]{3}-|NR[A-Z]{2}-|AT(?:ATT|CTT|BB)|EAAA|SSWS[ \t]{1,4}`,
  String.raw`xai-(?=[A-Za-z\d]{20})|key-(?=[A-Za-z\d]{32})|SK(?=[a-f\d]{32})|dapi(?=[A-Fa-f\d]{32})|AGE-SECRET-KEY-|age-secret-key-`,
  String.raw`SG\.|hv[sbr]\.|dp\.[a-z]{2,8}\.|[A-Za-z\d]{8,40}\.atlasv1\.|(?:bot)?\d{7,12}:AA`,
].join('|');

// Each is anchored by a literal and bounded, so that a line is scanned in time linear in its length.
const patterns: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^]{0,20000}?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g, shown],
  // Anthropic, OpenAI, OpenRouter and those who follow them.
  [/\bsk-[A-Za-z0-9_-]{16,300}/g, shown],
  [/\bAIza[A-Za-z0-9_-]{30,60}/g, shown],
  [/\b(?:gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{20,255}|glpat-[A-Za-z0-9_-]{16,100})/g, shown],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, shown],
  [
    /\b(?:(?:xox[a-z]|xapp)-[A-Za-z0-9-]{5,200}|gsk_[A-Za-z0-9]{20,100}|hf_[A-Za-z0-9]{20,100}|npm_[A-Za-z0-9_]{30,60})/g,
    shown,
  ],
  [new RegExp(String.raw`(?<![\w-])(?:${issued})[\w.=+/-]{15,4000}`, 'g'), shown],
  [
    /\b(hooks\.slack\.com\/services\/|discord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/)[\w/-]{16,200}/gi,
    `$1${shown}`,
  ],
  [/\beyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{0,4000}/g, shown],
  [/\b(Bearer|Basic)\s{1,4}[A-Za-z0-9._~+/=-]{8,4000}/gi, `$1 ${shown}`],
  [/\b([a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"']{0,200}):[^\s/@"']{1,500}@/gi, `$1:${shown}@`],
  [
    /\b((?:api[_-]?key|account[_-]?key|access[_-]?token|_auth(?:token)?|client[_-]?secret|password|passwd)["']?\s{0,4}[=:]\s{0,4}["']?)[^\s"',;&]{6,500}/gi,
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
