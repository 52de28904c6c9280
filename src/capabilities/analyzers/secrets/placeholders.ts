const phrase =
  /example|sample|placeholder|change_?me|replace|your[-_ ]|\byour|\.\.\.|<[^>]*>|\*{3}|\$\{|\{\{|%[sd(]|%\(|redacted|insert[-_ ]|fixme|foobar|not[-_ ]?(?:a[-_ ]?)?(?:real|secret)|lorem|abcdefgh|12345678|localhost|127\.0\.0\.1/i;
/** Random letters spell one of these in any case now and then: only as a word, in the case of a word, do they count. */
const shortWord = new RegExp(
  [
    String.raw`(?<![A-Za-z\d])(?:x{3}|X{3}|fake|Fake|FAKE|mock|Mock|MOCK|dummy|Dummy|DUMMY)|x{4}|X{4}`,
    String.raw`(?<![A-Za-z\d])(?:test|Test|TEST|todo|Todo|TODO)(?![A-Za-z])`,
  ].join('|'),
);

/** Whether a value is an example for readers rather than a secret: says so, refers to a variable, or repeats itself. */
export function isPlaceholder(value: string): boolean {
  if (phrase.test(value) || shortWord.test(value)) return true;
  return value.length < 200 && new Set(value).size <= Math.min(5, value.length / 3);
}
