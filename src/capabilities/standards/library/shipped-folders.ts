import { fileURLToPath } from 'node:url';
import { ownFile } from '../../../kernel/index.ts';

/** Where the standards that ship with Troupe lie, absolute: beside the sources, or beside the bundle. */
export function shippedStandardsFolders(): { universal: string; language: string } {
  const base = ownFile(import.meta.url, { source: '../', built: './standards/' });
  return {
    universal: fileURLToPath(new URL('universal/', base)),
    language: fileURLToPath(new URL('language/', base)),
  };
}
