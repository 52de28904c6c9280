const stem = '(?:pass|pwd|secret|token|key|cred|psk)';
/** Behind the name: quotes and brackets around it, then what a value can follow. */
const behind = String.raw`[\w$.-]{0,100}(?:["'\`\\*_\])]{0,8}\s*(?:[=:>]|!=|\?\?|\?[ \t]{0,4}:|\|\||or\b[ \t]{0,20}[\w@]{0,2}["'\`\\]|string\b)|["'\`\\]{1,4}\s{0,8},)`;

/** Values that are known by the name they stand under, in any of the ways to write that. */
const named = new RegExp(
  `${stem}${behind}|--[a-z-]{0,60}${stem}|account_?(?:id)?["']?\\s*[=:]|bearer\\s+[\\w.=+/-]{24}|cookieParser\\(|\\b(?:jwt|jsonwebtoken)\\.\\w{4,6}\\(|create(?:Hmac|Cipheriv)\\(`,
  'i',
);
/** A container's environment: the name in one line, its value in the next. */
const listed = /name:[ \t]{1,20}["']?[\w.-]{1,100}["']?[ \t]{0,20}\r?\n/;

const address =
  /:\/\/[^\s/]{0,600}@|x-oauth-basic|webhooks\/|hooks\.slack|(?:mongodb|mysqlx?|postgres)[\w+:]{0,8}\/\//i;

/** Values that are known by their own form: how it begins, and no more of it than tells it from prose. */
const formed = new RegExp(
  [
    String.raw`PRIVATE KEY|eyJ[\w-]{8}|AIza|EAAA|SSWS[ \t]|SK[a-f\d]{32}|SG\.\w|\d{7}:AA|\.atlasv1\.|dapi[A-Fa-f\d]{4}|hv[sbr]\.[\w-]|dp\.[a-z]{2,8}\.`,
    String.raw`A(?:3T|KIA|GPA|IDA|ROA|IPA|NPA|NVA|SIA)[A-Z\d]{13}|AT(?:ATT|CTT|BB)|NR[A-Z]{2}-|AGE-SECRET|age-secret|sq0[a-z]{3}-`,
    String.raw`sk-[\w-]{8}|xai-\w{8}|pul-\w{8}|pypi-[\w-]{8}|glpat-|key-\w{8}|tskey-|xox[a-z]-|xapp-`,
    String.raw`npm_\w{8}|gsk_\w|hf_\w{8}|ntn_\w|shp[a-z]{2}_|gh[pousr]_\w|github_pat_|gl(?:c|sa)_|ops_ey|vc[piark]_\w`,
    String.raw`dckr_pat_|figd_|cf(?:k|ut|at)_\w|lin_api_|pscale_|[rs]k_(?:live|test)_|do[oprt]_v1_`,
  ].join('|'),
);
/** A line of an encoded key. */
const encoded = /[A-Za-z\d+/]{60}/;
/** The heading of a diff's hunk that is nothing but one long word: a line of a key that may be shorter. */
const headingOfKey = /^[ \t]*@@+ -[-+\d, ]+ @@+ ?[A-Za-z\d+/]{2,100}={0,2}[ \t]*\r?$/m;

/**
 * Whether a text may hold anything that `redactSecrets` masks. Guarantee: never false where it would mask something. True
 * says little: prose about keys can be it too. Loads nothing and takes microseconds, where the full scan loads a package
 * and takes a millisecond.
 */
export function mayHoldSecret(text: string): boolean {
  return (
    (text.includes('://') && address.test(text)) ||
    formed.test(text) ||
    named.test(text) ||
    (text.includes('name:') && listed.test(text)) ||
    encoded.test(text) ||
    (text.includes('@@ -') && headingOfKey.test(text))
  );
}
