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

/** Where a value stands under a name. Each repetition is bounded, so that hostile text costs no more than other text. */
const places: readonly Place[] = [
  // password = 'x', "password": "x", const apiKey: string = 'x', env['API_KEY'] ?? 'x', password === 'x'
  {
    form: 'quoted',
    pattern: new RegExp(`${name}(?:${quote})?\\]?\\)?${type}${assigns}[bfru@]{0,2}${quoted}`, 'dg'),
  },
  // os.environ.get("SECRET_KEY", "x")
  {
    form: 'quoted',
    pattern: new RegExp(
      String.raw`(?:get\w{0,20}|env)\(\s{0,8}${quote}${name}${quote}\s{0,8},\s{0,8}${quoted}`,
      'dgi',
    ),
  },
  // DB_PASSWORD=x, export DB_PASSWORD=x, docker run -e DB_PASSWORD=x; a sentence of words is one passphrase.
  {
    form: 'setting',
    pattern: new RegExp(
      String.raw`(?<![\w$.-])(?<name>[A-Z][A-Z\d_]{1,100})=(?<value>[^\s"'\`][^\s"'\`]{0,511}(?:(?: [a-z]{1,30}){1,7}(?=[ \t]*\r?$))?)`,
      'dgm',
    ),
  },
  // DB_PASSWORD="correct horse"
  {
    form: 'setting',
    pattern: new RegExp(String.raw`(?<![\w$.-])(?<name>[A-Z][A-Z\d_]{1,100})=${quoted}`, 'dg'),
  },
  // POSTGRES_PASSWORD: postgres
  {
    form: 'setting',
    pattern:
      /(?<![\w$.-])(?<name>[A-Z][A-Z\d_]{1,100}): {1,20}(?<value>[^\s"'`|>&*!{[][^\s"'`]{0,511})(?=[ \t]*(?:#.*)?\r?$)/dgm,
  },
  // db_password: x, spring.datasource.password=x, X-Api-Key: x
  {
    form: 'bare',
    pattern: new RegExp(
      `${name}["']?[ \\t]{0,20}[:=][ \\t]{0,20}(?<value>[^\\s"'\`][^\\s"'\`]{0,511})(?=[ \\t]*(?:["'\`]|#.*|;)?[ \\t]*\\r?$|["'\`])`,
      'dgm',
    ),
  },
  // <password>x</password>
  { form: 'quoted', pattern: /<(?<name>[A-Za-z][\w.-]{1,100})>(?<value>[^\s<>]{1,512})<\//dg },
  // Server=db;User Id=sa;Password=x;
  {
    form: 'quoted',
    pattern: /;[ \t]?(?<name>password|pwd|sharedaccesskey|accountkey)=(?<value>[^;"'`\s]{1,512})/dgi,
  },
  // --db-password x, --token=x
  {
    form: 'bare',
    pattern: /(?<![\w-])--(?<name>[a-z][a-z-]{1,60})[ =](?<value>[^\s"'`<$-][^\s"'`]{1,511})/dg,
  },
  // A container's environment: the name in one line, its value in the next, also in a diff.
  {
    form: 'setting',
    pattern:
      /name:[ \t]{1,20}["']?(?<name>[\w.-]{1,100})["']?[ \t]{0,20}\r?\n[-+ \d\t]{0,80}value:[ \t]{1,20}["']?(?<value>[^\s"'`]{1,512})/dg,
  },
];

/** Without one of these there is no such name. */
const stem = /pass|pwd|secret|token|key|cred|psk/i;

/** Values under names that say they are secret, whatever the value looks like. */
export function namedValues(text: string): Candidate[] {
  if (!stem.test(text)) return [];
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
