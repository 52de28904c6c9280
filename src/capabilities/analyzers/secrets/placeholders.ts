const placeholder =
  /example|sample|dummy|placeholder|change_?me|replace|your[-_ ]|\byour|xxx|\.\.\.|<[^>]*>|\*{3}|\$\{|\{\{|%[sd(]|%\(|redacted|insert[-_ ]|todo|fixme|foobar|not[-_ ]?(?:a[-_ ]?)?(?:real|secret)|fake|mock|(?:^|[^a-z])test(?:$|[^a-z])|lorem|abcdefgh|12345678|localhost|127\.0\.0\.1/i;

/** Whether a value is an example for readers rather than a secret: says so, refers to a variable, or repeats itself. */
export function isPlaceholder(value: string): boolean {
  if (placeholder.test(value)) return true;
  return value.length < 200 && new Set(value).size <= Math.min(5, value.length / 3);
}
