import type { BigIntStats } from 'node:fs';
import { showsLaterWrites } from '../../platform/files/index.ts';

/** What tells, without reading it, whether a file may hold another content than before. */
export interface FileSignature {
  text: string;
  /** Whether any later write shows in the text; until then, only reading tells. */
  isSettled: boolean;
}

/** The signature of a file from what the system says of it, looked at before the file is read. */
export function signatureOf({ size, mtimeNs, ctimeNs, ino }: BigIntStats): FileSignature {
  const changedMs = Number(mtimeNs > ctimeNs ? mtimeNs : ctimeNs) / 1e6;
  return {
    text: [size, mtimeNs, ctimeNs, ino].join(':'),
    isSettled: showsLaterWrites(changedMs),
  };
}

/** Whether what was read with the first signature is what a file with the second one holds. */
export function isSameContent(before: FileSignature | undefined, now: FileSignature): boolean {
  return before !== undefined && before.isSettled && before.text === now.text;
}
