import type { SkippedFile } from './walk-tree.ts';

/** Why a file was left out, for people: with its size and the limit where these are the reason. */
export function skippedInWords({ reason, sizeBytes, limitBytes }: Omit<SkippedFile, 'path'>): string {
  switch (reason) {
    case 'too-large': {
      const limit = limitBytes === undefined ? '' : ` of ${inBytes(limitBytes)}`;
      const size = sizeBytes === undefined ? '' : ` (${inBytes(sizeBytes)})`;
      return `larger than the limit files.max_file_bytes${limit}${size}`;
    }
    case 'outside-project':
      return 'leads out of the project';
    case 'binary':
    case 'unreadable':
      return reason;
  }
}

const inBytes = (sizeBytes: number) => `${sizeBytes.toLocaleString('en')} bytes`;
