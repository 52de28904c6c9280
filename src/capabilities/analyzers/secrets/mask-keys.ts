import { hunkHead } from './hunk-headings.ts';
import { privateKeyBegins, privateKeyEnds } from './private-key-blocks.ts';

/** What tools put before a line: `12<tab>`, `src/key.pem:12: `, and the signs of a diff, two in that of a merge. */
const prefix = /^(?:\d+\t|[^\s:]+:\d+: |[ +]|--?(?!-))?/;

/** A whole line of an encoded block by its length and signs, wherever its beginning and end are; bare, or a string of code. */
const wholeLine = /^[A-Za-z0-9+/]{60,100}={0,2}$/;
const wholeString = /^(["'`])([A-Za-z0-9+/]{60,100}={0,2})(?:\\n)?\1[\s+,;)\]]*$/;
/**
 * A piece of a block that may be shorter, as its last line is. Taken for one where little else is a single long word: in
 * the heading of a hunk, and right behind a whole line.
 */
const encodedPiece =
  /^(?:[A-Za-z0-9+/]{2,100}={1,2}|(?=.*[A-Z])(?=.*[a-z])(?=.*[\d+/]|(?:[^A-Z]*[A-Z]+[^A-Za-z]*[a-z]){4})[A-Za-z0-9+/]{16,100})$/;
const encodedRest = /^['"`+\s]*[A-Za-z0-9+/]{1,100}={0,2}(?:\\n)?['"`+,;\s]*$/;
const keyHeader = /^(?:[A-Za-z-]+: .*)?$/;

/**
 * Whether what is as long as a whole line is one. Lower-case hashes are none, nor names in one word. One line in fifty
 * thousand has no digit, one in six hundred fewer than three: of those, half of the letters are capitals, of names few.
 */
function isRandom(text: string, leastDigits: number): boolean {
  const capitals = text.match(/[A-Z]/g)?.length ?? 0;
  const small = text.match(/[a-z]/g)?.length ?? 0;
  if (capitals === 0 || small === 0) return false;
  const share = capitals / (capitals + small);
  return (text.match(/\d/g)?.length ?? 0) >= leastDigits || (share > 0.3 && share < 0.8);
}

const leadOf = (line: string) => hunkHead.exec(line)?.[0] ?? prefix.exec(line)![0];

const mark = '[redacted: privatekey]';

/**
 * Masks private keys line by line, each line for itself, so that line numbers stay. It knows a key by parts: a scanner of
 * whole keys misses one that was cut, numbered, or stands in a diff. Lines of a key that follow each other count as one.
 */
export function maskPrivateKeys(text: string): { text: string; masked: number } {
  if (!/PRIVATE KEY|[A-Za-z0-9+/]{60}|@@ -/.test(text)) return { text, masked: 0 };
  const lines = text.split('\n');
  const hidden = new Set<number>();
  let inside = false;
  const hide = (index: number, lead: string) => {
    lines[index] = lead + mark;
    hidden.add(index);
  };
  const isOfKey = (content: string, index: number, isHeading: boolean) => {
    const plain = content.trim();
    const isBehindKey = hidden.has(index - 1);
    if (wholeLine.test(plain) && isRandom(plain, 1)) return true;
    const literal = wholeString.exec(plain)?.[2];
    // Long paths stand in strings too, though hardly right behind a line of a key.
    if (literal !== undefined && isRandom(literal, isBehindKey ? 0 : 3)) return true;
    if ((isHeading || isBehindKey) && encodedPiece.test(plain)) return true;
    return inside && !isHeading && encodedRest.test(content);
  };
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!.replace(/\r$/, '');
    const lead = leadOf(line);
    const content = line.slice(lead.length);
    const begins = privateKeyBegins.test(content);
    if (privateKeyEnds.test(content) && !begins) {
      const before = index === 0 ? '' : lines[index - 1]!.replace(/\r$/, '');
      const beforeLead = leadOf(before);
      if (encodedRest.test(before.slice(beforeLead.length))) hide(index - 1, beforeLead);
      hide(index, lead);
      inside = false;
    } else if (begins && !privateKeyEnds.test(content)) {
      const at = content.search(privateKeyBegins);
      const rest = content.slice(at).replace(privateKeyBegins, '');
      lines[index] = lead + content.slice(0, at) + mark + rest.replace(/^[A-Za-z0-9+/=\\\s]+/, '');
      hidden.add(index);
      inside = true;
    } else if (isOfKey(content, index, lead.includes('@@'))) hide(index, lead);
    // Code that only names the marker goes on with code.
    else if (!keyHeader.test(content.trim())) inside = false;
  }
  const masked = [...hidden].filter((index) => !hidden.has(index - 1)).length;
  return { text: lines.join('\n'), masked };
}
