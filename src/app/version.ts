import { readFileSync } from 'node:fs';

/** The version in package.json, which lies one folder above the bundle and two above the source. */
export function readVersion(): string {
  const path = import.meta.url.endsWith('.ts') ? '../../package.json' : '../package.json';
  const manifest = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as { version: string };
  return manifest.version;
}
