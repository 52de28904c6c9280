import { fileURLToPath } from 'node:url';

/** Where the standards that ship with Troupe lie, absolute: beside the sources, or beside the bundle. */
export function shippedStandardsFolders(): { universal: string; language: string } {
  const base = new URL(import.meta.url.endsWith('.ts') ? '../' : './standards/', import.meta.url);
  return {
    universal: fileURLToPath(new URL('universal/', base)),
    language: fileURLToPath(new URL('language/', base)),
  };
}
