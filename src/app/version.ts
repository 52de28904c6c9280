import { readFileSync } from 'node:fs';
import { ownFile } from '../kernel/index.ts';

/** The version in package.json. */
export function readVersion(): string {
  const file = ownFile(import.meta.url, { source: '../../package.json', built: '../package.json' });
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  return manifest.version;
}
