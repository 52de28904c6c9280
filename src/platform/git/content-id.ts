import { createHash } from 'node:crypto';

/** Whether git, with either of its hashes, calls a text by an id that begins so. Content filters would make it another. */
export function isGitContent(text: string, id: string): boolean {
  const blob = `blob ${Buffer.byteLength(text)}\0${text}`;
  return ['sha1', 'sha256'].some((hash) => createHash(hash).update(blob).digest('hex').startsWith(id));
}
