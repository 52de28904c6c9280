import type { BigIntStats } from 'node:fs';

/** What tells, without reading it, whether a file may hold another content than before. */
export interface FileSignature {
  text: string;
  /** Whether any later write shows in the text; until then, only reading tells. */
  isSettled: boolean;
}

/** Some file systems count time in two seconds (FAT), and what they count from may lag a little behind. */
const coarsestTickMs = 3_000;

/** The signature of a file from what the system says of it, looked at before the file is read. */
export function signatureOf({ size, mtimeNs, ctimeNs, ino }: BigIntStats): FileSignature {
  const changedMs = Number(mtimeNs > ctimeNs ? mtimeNs : ctimeNs) / 1e6;
  return {
    text: [size, mtimeNs, ctimeNs, ino].join(':'),
    isSettled: Date.now() - changedMs >= coarsestTickMs,
  };
}

/** Whether what was read with the first signature is what a file with the second one holds. */
export function isSameContent(before: FileSignature | undefined, now: FileSignature): boolean {
  return before !== undefined && before.isSettled && before.text === now.text;
}
