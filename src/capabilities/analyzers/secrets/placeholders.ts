const phrase =
  /example|sample|placeholder|change_?me|replace|your[-_ ]|\byour|\.\.\.|<[^>]*>|\*{3}|\$\{|\{\{|%[sd(]|%\(|redacted|insert[-_ ]|fixme|foobar|not[-_ ]?(?:a[-_ ]?)?(?:real|secret)|lorem|abcdefgh|12345678|localhost|127\.0\.0\.1/i;
/** As people write a word: random letters spell a short one in any case now and then. */
const written = (...words: readonly string[]) =>
  words.flatMap((word) => [word, word[0]!.toUpperCase() + word.slice(1), word.toUpperCase()]).join('|');
/** What random letters hold by chance, unless it stands as a word of its own. */
const shortWord = new RegExp(
  [
    String.raw`(?<![A-Za-z\d])(?:x{3}|X{3}|${written('fake', 'mock', 'dummy')})|x{4}|X{4}`,
    String.raw`(?<![A-Za-z\d])(?:${written('test', 'todo')})(?![A-Za-z])`,
  ].join('|'),
);

/** Whether a value is an example for readers rather than a secret: says so, refers to a variable, or repeats itself. */
export function isPlaceholder(value: string): boolean {
  if (phrase.test(value) || shortWord.test(value)) return true;
  return value.length < 200 && new Set(value).size <= Math.min(5, value.length / 3);
}
