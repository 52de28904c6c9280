import { markOf, plainText } from './plain-text.ts';

const note = 'Made by "troupe export". Edit the standard, not this file.';
const marker = new RegExp(
  `^<!-- troupe:export ([a-z0-9-]+(?:/[a-z0-9-]+)?) sha256:([0-9a-f]{32}) ${note.replaceAll('.', '\\.')} -->$`,
  'm',
);

/** A whole file that Troupe made, with a line that says so and holds a hash of the rest. Lines end with LF. */
export function markedFile(id: string, head: string, body: string): string {
  const line = (hash: string) => `<!-- troupe:export ${id} sha256:${hash} ${note} -->`;
  return `${head}${line(markOf(head + body))}\n\n${body}`;
}

/** Whether a text says what `content`, a whole marked file, says, and at most their marks differ. */
export function differsInMarkOnly(text: string, content: string): boolean {
  return plainText(text).replace(marker, '') === content.replace(marker, '');
}

/** Whether Troupe made a file, and whether it is as Troupe left it, whatever its line ends. */
export function originOf(text: string): 'foreign' | 'edited' | 'own' {
  const plain = plainText(text);
  const found = marker.exec(plain);
  if (found === null) return 'foreign';
  const head = plain.slice(0, found.index);
  const rest = plain.slice(found.index + found[0].length);
  return rest.startsWith('\n\n') && markOf(head + rest.slice(2)) === found[2] ? 'own' : 'edited';
}
