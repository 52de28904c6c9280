import { isPassphrase } from './passphrase.ts';
import { secretNameKind, wordsOf, type SecretNameKind } from './secret-names.ts';
import { isVersionSpec } from './version-spec.ts';
import { isReference, isWordLike } from './word-like.ts';

/**
 * How a value is written: a string, a setting such as `NAME=value`, bare behind a name, as in YAML and in code, or in the
 * middle of a text.
 */
export type ValueForm = 'quoted' | 'setting' | 'bare' | 'prose';

/** What stands for a value, or says what kind of value is meant. */
const notMeant =
  /^(?:true|false|null|nil|none|undefined|yes|no|on|off|auto|default|required|optional|enabled|disabled|string|str|text|number|int(?:eger)?|bool(?:ean)?|object|any|unknown|never|void|bytes?|char|varchar|secretstr|bearer|basic|digest|jwt|oauth2?|include|omit|same-origin|hidden|input|function|symbol|n\/a)[!?]?$/i;
const placeholder =
  /^(?:<.*>|x+|\*+|\.+|…|-+|_+|\?+)$|change[-_ ]?me|^(?:your|example|sample|dummy|placeholder|insert|replace|todo|tbd|enter)(?![a-z\d])[-_ ]?(?!secret$|password$)|\[redacted|…|\.{3}|\$\{|\{\{|%[(sdv]|^\$\w|^<|\bxxx|\*{3}|^#[\da-f]{3,8}$/i;
const simpleWord = /^[a-z]+$/i;

/**
 * Whether a value under a secret's name is a secret to hide. On the side of hiding: weak and readable passwords count.
 * References, placeholders, types, and words that only name a kind of secret, such as `access_token`, do not.
 */
export function isSecretValue(value: string, kind: SecretNameKind, form: ValueForm): boolean {
  if (value.length < 4 || notMeant.test(value) || placeholder.test(value)) return false;
  if (form === 'setting') return isInSetting(value);
  if (isVersionSpec(value)) return false;
  if (isReference(value) || /^\/[\w/-]+$/.test(value)) return false;
  if (/^[\d.]+$/.test(value)) return kind === 'password' && form === 'quoted' && !value.includes('.');
  if (form === 'bare') return isInCodeOrYaml(value, kind);
  if (form === 'prose') return isInProse(value, kind);
  if (/\s/.test(value)) return isPassphrase(value, kind);
  if (simpleWord.test(value)) return isLongWord(value, kind);
  if (/^\w+(?:\.\w+)+$/.test(value) && isWordLike(value)) return false;
  if (kind === 'password') return !namesSecret(value) && !/^[^\x21-\x7e]/.test(value);
  if (kind === 'secret') return !isIdentifier(value) && !(value.includes('/') && isWordLike(value));
  if (kind === 'key') return !isWordLike(value) || (!namesSecret(value) && /\d|-.*-/.test(value));
  // `color-primary-500` is a token of another kind.
  return !isWordLike(value) || /^(?:[^-]+-){3,}.*\d/.test(value);
}

function isInSetting(value: string): boolean {
  if (/^(?:\d{1,5}|0x[\da-f]+)$|[,;({[]$|^,/i.test(value)) return false;
  const parts = value.split(/\.|\[/);
  return (
    !isReference(value) &&
    !(parts.length > 1 && /[([,;]$|^(?:self|this|settings|config|os|process|env)\./.test(value))
  );
}

/** In code a bare value is a name of something; in YAML it can be the secret itself. Only what no name looks like counts. */
function isInCodeOrYaml(value: string, kind: SecretNameKind): boolean {
  if (/[,;({[<|]$|[()?=]|&&|\|\||=>/.test(value)) return false;
  if (!/^[\x21-\x7e]+$/.test(value) || !/[a-z]/i.test(value)) return false;
  if (!isWordLike(value)) return value.length >= (kind === 'password' ? 6 : 8);
  if (namesSecret(value)) return false;
  const hyphens = value.split('-').length - 1;
  if (kind === 'password') return hyphens > 0 || /^[a-z]{3,}\d+$/.test(value);
  return kind !== 'token' && hyphens > 1;
}

/**
 * In a sentence, and in code that is written like one, a value must show that it is none of the words: digits between
 * letters, a year, a sign. A type such as `Int64` has its digits at the end.
 */
function isInProse(value: string, kind: SecretNameKind): boolean {
  if (!isInCodeOrYaml(value, kind) || isWordLike(value)) return false;
  if (/^[a-z]+\d{1,3}$/i.test(value)) return false;
  return kind === 'password' || (value.match(/\d+/g)?.length ?? 0) > 1;
}

/** A word is a password, or the start of one; under other names it more often says a kind. */
function isLongWord(value: string, kind: SecretNameKind): boolean {
  if (namesSecret(value)) return false;
  if (kind === 'password') return value.length >= 5 && /^[a-z]+$/.test(value);
  if (/^[A-Z]?[a-z]+$/.test(value)) return value.length >= 18;
  return value.length >= 16 && !isWordLike(value);
}

/** `access_token`, `x-api-key`, `resetPassword`: the value is itself such a name. */
function namesSecret(value: string): boolean {
  return (
    /^[A-Za-z][A-Za-z_-]*$/.test(value) &&
    (secretNameKind(value) !== undefined || wordsOf(value).at(-1) === 'key')
  );
}

/** `client_secret`, `clientSecret`, `CLIENT_SECRET`. */
const isIdentifier = (value: string) =>
  /^[a-z_]+$|^[A-Z_]+$|^[a-z]+(?:[A-Z][a-z]+)+$/.test(value) && value.length < 24;
