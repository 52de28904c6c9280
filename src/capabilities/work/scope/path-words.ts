import { isPattern } from './find-places.ts';

const letter = '\\p{L}\\p{M}\\p{N}_';
const nested = new RegExp(`^[${letter}@.~+\\-\\\\/\\[\\]()$ ]+$`, 'u');
const fileName = new RegExp(`^[${letter}@-][${letter}@.+-]*\\.[A-Za-z][A-Za-z0-9]{0,7}$`, 'u');
const bare = new RegExp(`^[${letter}.@-]+$`, 'u');

/** Whether a word may be a path: it has a slash or an extension. An address is none, nor the slash of "client / server". */
export function looksLikePath(word: string): boolean {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(word) || /^[\\/]+$/.test(word)) return false;
  return (
    saysWhere(word) ||
    /^([\\/]|[A-Za-z]:[\\/])/.test(word) ||
    (hasSlash(word) && nested.test(word)) ||
    isPattern(word) ||
    fileName.test(word)
  );
}

/** Whether a word can name a folder of the root; reading more as one would make scopes of plain words. */
export const canNameFolder = (word: string) => bare.test(word);

export const hasSlash = (word: string) => /[\\/]/.test(word);

/** `./src`, `..`: nothing but a path is written so. */
export const saysWhere = (word: string) => /^\.{1,2}([\\/]|$)/.test(word);

/** Whether a word ends as files of code and of texts do; "e.g.", "req.body" and "Node.js" do not. */
export function isFile(word: string): boolean {
  const name = word.split(/[\\/]/).at(-1)!;
  return fileNames.test(name) && !/^[A-Z][a-z]+\.js$/.test(name) && !libraries.test(word);
}

const libraries =
  /^(?:node|next|nuxt|vue|react|express|nest|three|d3|ember|backbone|chart|moment|alpine|solid|discord|angular|p5|koa)\.js$/i;

const fileNames =
  /\.(ts|tsx|mts|cts|js|jsx|mjs|cjs|py|go|java|kt|rb|php|rs|c|h|cc|cpp|hpp|cs|swift|scala|sql|sh|ps1|md|txt|json|ya?ml|toml|ini|xml|html|css|scss|vue|svelte|graphql|proto|tf|lock)$/i;

/** Pairs of words that people join by a slash. */
const pairs = new Set(
  (
    'and/or either/or read/write reads/writes input/output request/response client/server server/client yes/no true/false ' +
    'on/off up/down get/set push/pull start/stop pass/fail success/failure before/after import/export public/private ' +
    'frontend/backend backend/frontend dev/prod error/exception try/catch async/await lock/unlock create/update ' +
    'producer/consumer login/logout he/she his/her him/her s/he w/o n/a tcp/ip b/c 24/7'
  ).split(' '),
);

/** Whether a word is how people join two words by a slash, or a short form: "and/or", "I/O", "CI/CD". */
export const isPair = (word: string) =>
  pairs.has(word.toLowerCase()) || (/^\p{Lu}+(?:\/\p{Lu}+)+$/u.test(word) && word.length <= 10);

/** Whether a word with a slash is the name of a package, or a phrase before what it belongs to: "the buyer/seller protocol". */
export function isPhrase(word: string, next: string | undefined): boolean {
  if (/^@[^/]+\/[^/]+$/.test(word)) return true;
  return /^\p{L}+(?:\/\p{L}+)+$/u.test(word) && next !== undefined && isPlain.test(next) && !after.test(next);
}

const isPlain = /^\p{L}[\p{L}-]*$/u;
/** What goes on behind a place. */
const after =
  /^(and|or|for|in|on|at|to|of|with|without|please|now|again|then|plus|also|only|but|because|since|that|which|where|as|by|from|before|after|carefully|thoroughly|against|is|are|folder|directory|files?)$/i;
