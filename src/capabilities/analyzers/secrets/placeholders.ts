const phrase =
  /example|sample|dummy|placeholder|change_?me|replace|your[-_ ]|\byour|\.\.\.|<[^>]*>|\*{3}|\$\{|\{\{|%[sd(]|%\(|redacted|insert[-_ ]|fixme|foobar|not[-_ ]?(?:a[-_ ]?)?(?:real|secret)|(?:^|[^a-z])(?:test|todo)(?:$|[^a-z])|lorem|abcdefgh|12345678|localhost|127\.0\.0\.1/i;
/** Random letters spell one of these in any case now and then: only as a word, in the case of a word, do they count. */
const shortWord =
  /(?<![A-Za-z\d])(?:x{3}|X{3})|x{4}|X{4}|(?<![a-z])(?:fake|mock)|(?<![A-Z])(?:FAKE|MOCK|Fake|Mock)/;

/** Whether a value is an example for readers rather than a secret: says so, refers to a variable, or repeats itself. */
export function isPlaceholder(value: string): boolean {
  if (phrase.test(value) || shortWord.test(value)) return true;
  return value.length < 200 && new Set(value).size <= Math.min(5, value.length / 3);
}
