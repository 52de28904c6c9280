const escapes: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };

/** A name as a diff writes it: perhaps quoted as git does, or followed by a tab and a date. */
export function nameOf(text: string): string {
  const quoted = /^"((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
  return quoted === undefined ? text.split('\t')[0]!.trim() : unquoted(quoted);
}

/** A name as `nameOf` reads it again, whatever it holds. */
export function quotedName(name: string): string {
  if (!/["\\\p{Cc}]|^\s|\s$/u.test(name)) return name;
  const escaped = name
    .replace(/["\\]/g, '\\$&')
    .replace(/\p{Cc}/gu, (sign) =>
      [...Buffer.from(sign)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join(''),
    );
  return `"${escaped}"`;
}

/** Git's quoting: C escapes, and octal numbers for the bytes of UTF-8. */
function unquoted(text: string): string {
  const bytes: Buffer[] = [];
  for (const [part, escape] of text.matchAll(/\\([0-7]{1,3}|.)|[^\\]+/gs)) {
    if (escape === undefined) bytes.push(Buffer.from(part));
    else if (/^[0-7]/.test(escape)) bytes.push(Buffer.from([parseInt(escape, 8) & 0xff]));
    else bytes.push(escapes[escape] === undefined ? Buffer.from(escape) : Buffer.from([escapes[escape]]));
  }
  return Buffer.concat(bytes).toString('utf8');
}
