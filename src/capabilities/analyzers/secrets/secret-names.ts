/** What kind of secret a name speaks of; values are judged by it. */
export type SecretNameKind = 'password' | 'secret' | 'key' | 'token';

const kindOfWord: Readonly<Record<string, SecretNameKind>> = {
  password: 'password',
  passwd: 'password',
  passphrase: 'password',
  passcode: 'password',
  pwd: 'password',
  pass: 'password',
  secret: 'secret',
  psk: 'secret',
  token: 'token',
  credential: 'token',
  credentials: 'token',
  creds: 'token',
  apikey: 'key',
};

/** Written as one word: `dbpassword`, `clientsecret`, `authtoken`. */
const endings: readonly [string, SecretNameKind][] = [
  ['password', 'password'],
  ['passwd', 'password'],
  ['passphrase', 'password'],
  ['secret', 'secret'],
  ['token', 'token'],
  ['apikey', 'key'],
  ['secretkey', 'key'],
  ['accesskey', 'key'],
  ['privatekey', 'key'],
];

/** Before `key`; other keys, such as those of a cache or a table, are no secrets. */
const keysOf =
  /^(?:api|access|private|secret|encryption|encrypt|signing|master|auth|account|shared|hmac|jwt|aes|cipher|subscription|licen[sc]e)$/;

/** Which of several it is, behind the word that counts: `DB_PASSWORD_PROD`, `SECRET_KEY_BASE`, `token2`. */
const qualifier =
  /^(?:\d+|v\d+|prod|production|dev|development|test|testing|staging|stage|live|local|old|new|current|default|main|primary|secondary|base|base64|b64|hex|raw|plain|plaintext|value|str)$/;

/** Words of a name in any case style, lower-cased: `sessionSecret`, `SESSION_SECRET` and `session.secret` are alike. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/([a-z])(\d+)$/i, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
}

/** What a name says of its value; `undefined` for names of other things: `tokenType`, `passwordField`, `max_tokens`. */
export function secretNameKind(name: string): SecretNameKind | undefined {
  const words = wordsOf(name);
  while (words.length > 1 && qualifier.test(words.at(-1)!)) words.pop();
  const last = words.at(-1);
  if (last === undefined) return undefined;
  // `pass` alone is also what a test does.
  if (last === 'pass' && words.length === 1) return undefined;
  if (last === 'key') return keysOf.test(words.at(-2) ?? '') ? 'key' : undefined;
  if (Object.hasOwn(kindOfWord, last)) return kindOfWord[last];
  return endings.find(([ending]) => last.endsWith(ending))?.[1];
}
