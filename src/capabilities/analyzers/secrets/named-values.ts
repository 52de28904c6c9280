import { secretNameKind } from './secret-names.ts';
import type { Candidate } from './secretlint.ts';
import { isSecretValue, type ValueForm } from './secret-values.ts';

const name = String.raw`(?<![\w$.-])(?<name>[A-Za-z_$@][\w$.-]{1,100})`;
const quote = String.raw`\\{0,2}["'\`]`;
/** To the same quote, escaped characters passed over; at most one line. */
const quoted = String.raw`(?<quote>${quote})(?<value>(?:(?!\k<quote>)(?:\\[^\r\n]|[^\\\r\n])){1,512})\k<quote>`;
/** `: string`, `: Optional[str]`, and Go's and Java's types without a colon are behind or before the name. */
const type = String.raw`(?:\??[ \t]{0,4}:[ \t]{0,4}[\w.]{1,40}(?:\[\w{1,40}\]|<\w{1,40}>)?|[ \t]string)?`;
const assigns = String.raw`[ \t]{0,20}(?:={1,3}>?|:=|!==?|:|\?\?=?|\|\|=?|\bor\b)[ \t]{0,20}`;

interface Place {
  form: ValueForm;
  pattern: RegExp;
}

const upperName = String.raw`(?<![\w$.-])(?<name>[A-Z][A-Z\d_]{1,100})`;
const untilLineEnd = String.raw`[ \t]*(?:#.*)?\r?$`;

/** A value is only looked at, never passed over: in `body = "{\"password\": …}"` the second name has one as well. */
const place = (form: ValueForm, head: string, rest: string): Place => ({
  form,
  pattern: new RegExp(`${head}(?=${rest})`, 'dgm'),
});

/** Where a value stands under a name. Each repetition is bounded, so that hostile text costs no more than other text. */
const places: readonly Place[] = [
  // password = '…', "password": "…", const apiKey: string = '…', env['API_KEY'] ?? '…', password === '…'
  place('quoted', name, `(?:${quote})?\\]?\\)?${type}${assigns}[bfru@]{0,2}${quoted}`),
  // os.environ.get("SECRET_KEY", "…")
  place(
    'quoted',
    String.raw`(?:[gG]et\w{0,20}|env)\(\s{0,8}${quote}${name}`,
    String.raw`${quote}\s{0,8},\s{0,8}${quoted}`,
  ),
  // DB_PASSWORD=…, export DB_PASSWORD=…, docker run -e DB_PASSWORD=…; words up to the end of the line are one passphrase.
  place(
    'setting',
    upperName,
    String.raw`=(?<value>[^\s"'\`][^\s"'\`]{0,511}(?:(?: [a-z]{1,30}){1,7}(?=[ \t]*\r?$))?)`,
  ),
  place('setting', upperName, `=${quoted}`),
  // POSTGRES_PASSWORD: …
  place(
    'setting',
    upperName,
    String.raw`: {1,20}(?<value>[^\s"'\`|>&*!{[][^\s"'\`]{0,511})(?=${untilLineEnd})`,
  ),
  // db_password: …, spring.datasource.password=…, X-Api-Key: …
  place(
    'bare',
    name,
    String.raw`["']?[ \t]{0,20}[:=][ \t]{0,20}(?<value>[^\s"'\`][^\s"'\`]{0,511})(?=["'\`]|;?${untilLineEnd})`,
  ),
  // Sign in with password: …, then go on. And - **Password:** `…`
  place(
    'prose',
    name,
    String.raw`(?:\*\*|__)?:(?:\*\*|__)?[ \t]{1,20}\`?(?<value>[^\s"'\`,;()*]{6,512}?)(?=\`|[.,;)]{0,2}(?:\s|$))`,
  ),
  // <password>…</password>
  place('quoted', String.raw`<(?<name>[A-Za-z][\w.-]{1,100})`, String.raw`>(?<value>[^\s<>]{1,512})<\/`),
  // Server=db;User Id=sa;Password=…;
  place(
    'quoted',
    String.raw`;[ \t]?(?<name>[Pp]assword|[Pp]wd|PWD|SharedAccessKey|AccountKey)`,
    String.raw`=(?<value>[^;"'\`\s]{1,512})`,
  ),
  // --db-password …, --token=…
  place(
    'bare',
    String.raw`(?<![\w-])--(?<name>[a-z][a-z-]{1,60})`,
    String.raw`[ =](?<value>[^\s"'\`<$-][^\s"'\`]{1,511})`,
  ),
  // A container's environment: the name in one line, its value in the next, also numbered or in a diff.
  place(
    'setting',
    String.raw`name:[ \t]{1,20}["']?(?<name>[\w.-]{1,100})`,
    String.raw`["']?[ \t]{0,20}\r?\n[-+ \d\t]{0,80}value:[ \t]{1,20}["']?(?<value>[^\s"'\`]{1,512})`,
  ),
];

/** Without one of these there is no such name. */
const stem = /pass|pwd|secret|token|key|cred|psk/i;

/** cookieParser('…'), jwt.sign(claims, '…'), createHmac('sha256', '…'): nothing but the call says what the text is. */
const signing = new RegExp(
  String.raw`\b(?:cookieParser\(|(?:jwt|jsonwebtoken)\.(?:sign|verify|encode|decode)\([^"'\`\n]{1,200},|create(?:Hmac|Cipheriv)\(\s{0,8}["'][\w-]{1,40}["'],)\s{0,8}${quoted}`,
  'dgi',
);

function signingKeys(text: string): Candidate[] {
  return Array.from(text.matchAll(signing)).flatMap((match) => {
    if (!isSecretValue(match.groups!['value']!, 'secret', 'quoted')) return [];
    const [start, end] = match.indices!.groups!['value']!;
    return [{ kind: 'credential', start, end }];
  });
}

/** Values under names that say they are secret, and keys that calls sign with, whatever the value looks like. */
export function namedValues(text: string): Candidate[] {
  return stem.test(text) ? [...underNames(text), ...signingKeys(text)] : signingKeys(text);
}

function underNames(text: string): Candidate[] {
  return places.flatMap(({ form, pattern }) =>
    Array.from(text.matchAll(pattern)).flatMap((match) => {
      const { name: given, value } = match.groups as { name: string; value: string };
      const kind = secretNameKind(given);
      if (kind === undefined || !isSecretValue(value, kind, form)) return [];
      const [start, end] = match.indices!.groups!['value']!;
      return [{ kind: 'credential', start, end }];
    }),
  );
}
