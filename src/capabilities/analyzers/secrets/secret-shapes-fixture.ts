import fc from 'fast-check';

const upper = 'ABCDEFGHJKLMNPQRSTUVWYZ';
const alphabet = `${upper}${upper.toLowerCase()}23456789`;

/** Random characters with a digit between letters, as keys have; without the letter of masks, `x`. */
export function key(minLength: number, maxLength = minLength): fc.Arbitrary<string> {
  const characters = { minLength: minLength - 3, maxLength: maxLength - 3 };
  return fc
    .string({ unit: fc.constantFrom(...Array.from(alphabet)), ...characters })
    .map((rest) => `q7Z${rest}`);
}

const password = fc
  .tuple(key(9, 24), fc.constantFrom('', '!', '#', '@', '%', '+', '~'), key(4, 8))
  .map((parts) => parts.join(''));

const hex = (length: number) =>
  fc
    .string({
      unit: fc.constantFrom(...Array.from('0123456789abcdef')),
      minLength: length - 4,
      maxLength: length - 4,
    })
    .map((k) => `7f3b${k}`);
const base64 = (text: string) => Buffer.from(text).toString('base64');

interface Shape {
  secret: fc.Arbitrary<string>;
  /** The line it stands in; `use … here` where left out. */
  write?: (secret: string) => string;
  /** What it must be called, where that is not the name it is assigned to. */
  kind?: string;
}

/**
 * Each makes a text of one line from a random secret. They are put together at run time, so that no scanner takes this
 * file for a leak.
 */
export const shapes: Record<string, Shape> = {
  jwt: {
    secret: fc.tuple(key(20), key(30, 200), key(43)).map(([a, b, c]) => `eyJ${a}.eyJ${b}.${c}`),
  },
  'openai project key': { secret: key(48, 120).map((k) => `sk-proj-${k}`) },
  'openai key': { secret: key(48).map((k) => `sk-${k}`) },
  'google key': { secret: key(35).map((k) => `AIza${k}`) },
  'hugging face token': { secret: key(34).map((k) => `hf_${k}`) },
  'azure account key': {
    secret: key(86).map((k) => `${k}==`),
    write: (k) => `DefaultEndpointsProtocol=https;AccountName=store;AccountKey=${k};`,
  },
  'address with a password': { secret: key(6, 20), write: (k) => `see https://deploy:${k}@git.corp/repo` },
  'address without a user': { secret: key(6, 20), write: (k) => `redis://:${k}@cache:6379/0` },
  'connection string': {
    secret: key(10, 20),
    write: (k) => `Server=db.corp;Database=shop;User Id=sa;Password=${k};Encrypt=true`,
  },
  'xml element': { secret: key(10, 20), write: (k) => `<password>${k}</password>` },
  'command argument': { secret: key(10, 20), write: (k) => `deploy --db-password ${k} --now` },
  ...Object.fromEntries(
    [
      ...['password', 'passwd', 'pwd', 'secret', 'token', 'api_key', 'apikey', 'access_key', 'client_secret'],
      ...[
        'db_pass',
        'API_KEY',
        'TOKEN',
        'PASSWORD',
        'SECRET',
        'export DB_PASS',
        'spring.datasource.password',
      ],
    ].map((name) => [`${name}=`, { secret: password, write: (k: string) => `${name}=${k}` }]),
  ),
  'yaml value': { secret: password, write: (k) => `  db_password: ${k}` },
  'quoted value': { secret: password, write: (k) => `{ "token": "${k}" }` },
  'ini value': { secret: password, write: (k) => `secret = ${k}` },
  'markdown item': { secret: password, write: (k) => `- **Password:** \`${k}\`` },
  'value in a sentence': { secret: key(12, 20), write: (k) => `Sign in with password: ${k}, then go on.` },
  'digitalocean token': { secret: hex(64).map((k) => `dop_v1_${k}`), kind: 'digitalocean' },
  'pypi token': { secret: key(120).map((k) => `pypi-AgEI${k}`), kind: 'pypi' },
  'discord webhook': {
    secret: key(68),
    write: (k) => `POST https://discord.com/api/webhooks/112233445566778899/${k}`,
    kind: 'discord-webhook',
  },
  'telegram bot token': {
    secret: fc
      .tuple(fc.integer({ min: 10_000_000, max: 9_999_999_999 }), key(33))
      .map(([id, k]) => `${id}:AA${k}`),
    kind: 'telegram-bot',
  },
  'telegram address': {
    secret: key(33).map((k) => `bot7123456789:AA${k}`),
    write: (k) => `curl https://api.telegram.org/${k}/getMe`,
    kind: 'telegram-bot',
  },
  'atlassian token': { secret: key(180).map((k) => `ATATT3x${k}=9A`), kind: 'atlassian' },
  'new relic key': { secret: key(27).map((k) => `NRAK-${k.toUpperCase()}`), kind: 'new-relic' },
  'pulumi token': { secret: hex(40).map((k) => `pul-${k}`), kind: 'pulumi' },
  'planetscale token': { secret: key(43).map((k) => `pscale_tkn_${k}`), kind: 'planetscale' },
  'planetscale password': { secret: key(43).map((k) => `pscale_pw_${k}`), kind: 'planetscale' },
  'terraform token': {
    secret: fc.tuple(key(14), key(67)).map(([a, b]) => `${a}.atlasv1.${b}`),
    kind: 'terraform',
  },
  'doppler token': { secret: key(43).map((k) => `dp.st.${k}`), kind: 'doppler' },
  'doppler token of a config': { secret: key(43).map((k) => `dp.st.dev.${k}`), kind: 'doppler' },
  'square secret': { secret: key(43).map((k) => `sq0csp-${k}`), kind: 'square' },
  'square token': { secret: key(60).map((k) => `EAAA${k}`), kind: 'square' },
  'okta token': { secret: key(40).map((k) => `SSWS 00${k}`), kind: 'okta' },
  'twilio key': { secret: hex(32).map((k) => `SK${k}`), kind: 'twilio' },
  'xai key': { secret: key(80).map((k) => `xai-${k}`), kind: 'xai' },
  'mailgun key': { secret: hex(32).map((k) => `key-${k}`), kind: 'mailgun' },
  'age key': { secret: key(58).map((k) => `AGE-SECRET-KEY-1${k.toUpperCase()}`), kind: 'age-secret-key' },
  'basic header': {
    secret: key(6, 20).map((k) => base64(`deploy:${k}`)),
    write: (k) => `Authorization: Basic ${k}`,
    kind: 'basic-auth',
  },
  'basic header in a command': {
    secret: key(6, 20).map((k) => base64(`deploy:${k}`)),
    write: (k) => `curl -H 'authorization: basic ${k}' https://api.corp/v1`,
    kind: 'basic-auth',
  },
  'docker config': {
    secret: key(6, 20).map((k) => base64(`deploy:${k}`)),
    write: (k) => `{ "auths": { "registry.corp": { "auth": "${k}" } } }`,
    kind: 'docker-auth',
  },
  'npm auth': {
    secret: key(6, 20).map((k) => base64(`deploy:${k}`)),
    write: (k) => `//npm.corp/:_auth=${k}`,
  },
  netrc: {
    secret: key(5, 20),
    write: (k) => `machine git.corp login deploy password ${k}`,
    kind: 'netrc',
  },
  ...Object.fromEntries(
    [
      ...['curl -u deploy:', 'curl -sSu deploy:', 'curl "https://a.corp/?b=1&c=2" --user deploy:'],
      ...["curl -u 'deploy:", 'mysql -u root -p', 'mysqldump --single-transaction -p', 'mariadb -uroot -p'],
      ...['sshpass -p ', "sshpass -p '", 'docker login registry.corp -u deploy -p ', 'mongosh -u root -p '],
      ...['redis-cli -h cache -a ', 'PGPASSWORD=', "MYSQL_PWD='"],
    ].map((command) => [
      `${command}…`,
      {
        secret: key(5, 20),
        write: (k: string) => `${command}${k}${command.includes("'") ? "'" : ''} psql -h db`,
        kind: 'command-password',
      },
    ]),
  ),
};
