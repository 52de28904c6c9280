/** Texts that YAML would read as something else: numbers, dates, true, null, and what begins or holds its marks. */
const plain = /^[A-Za-z][A-Za-z0-9 ._/+()@-]*$/;
const otherMeaning = /^(?:true|false|null|yes|no|on|off|y|n|inf|nan)$/i;

/** A text as a YAML value on one line: plain where that is safe, else in double quotes. */
export function yamlString(text: string): string {
  if (plain.test(text) && !otherMeaning.test(text) && text === text.trim()) return text;
  // JSON is YAML, but for the control characters that JSON leaves as they are.
  return JSON.stringify(text).replaceAll(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
