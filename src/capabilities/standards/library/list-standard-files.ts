import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { nameProblem } from '../document/standard-name.ts';
import type { SkippedStandard } from './standards-library.ts';

/** A Markdown file that lies where a standard lies. */
export interface StandardFile {
  domain: string;
  topic: string;
  absolutePath: string;
  sizeBytes: number;
  mtimeMs: number;
  /** Latest of its times, milliseconds since 1970. */
  changedMs: number;
  /** Differs whenever the content may, but for two writes within one tick of the file system's clock. */
  version: string;
}

export interface StandardFileListing {
  files: StandardFile[];
  /** `file` is relative to the folder here. */
  skipped: SkippedStandard[];
}

/** Deeper than any standard lies; a folder below is named, not read. */
const deepestFolder = 4;
const lookedAtOnce = 64;

/**
 * The standards of a folder (a real path), in order of their ids, and every other Markdown file with the reason why it
 * is none. Links are not followed, so nothing is met twice or outside. Errors: none; what cannot be read is skipped.
 */
export async function listStandardFiles(folder: string, maxFiles: number): Promise<StandardFileListing> {
  const skipped: SkippedStandard[] = [];
  const found = (await markdownBelow(folder, '', skipped)).sort();
  const names = new Set(found);
  const places: { relative: string; domain: string; topic: string }[] = [];
  for (const relative of found) {
    const place = placeOf(relative);
    const small = relative.toLowerCase();
    if (!('reason' in place)) places.push({ relative, ...place });
    else if (small !== relative && names.has(small)) {
      const reason = `it differs from ${small} only in capital letters; on some machines they are one file`;
      skipped.push({ file: relative, reason });
    } else skipped.push({ file: relative, reason: place.reason });
  }
  for (const { relative } of places.splice(maxFiles)) {
    const reason = `there are more than ${maxFiles.toLocaleString('en')} standards (standards.max_files)`;
    skipped.push({ file: relative, reason });
  }
  const files: StandardFile[] = [];
  for (let start = 0; start < places.length; start += lookedAtOnce) {
    const looked = places.slice(start, start + lookedAtOnce).map(async ({ relative, domain, topic }) => {
      const absolutePath = path.join(folder, domain, `${topic}.md`);
      const facts = await lstat(absolutePath).catch(() => undefined);
      // Gone since the folder was read, or not to be opened: the latter is worth a word.
      if (facts === undefined)
        skipped.push({ file: relative, reason: 'it is gone, or its folder may not be read' });
      if (facts === undefined) return [];
      const { size: sizeBytes, mtimeMs, ctimeMs } = facts;
      const version = `${facts.ino}:${sizeBytes}:${mtimeMs}:${ctimeMs}`;
      const changedMs = Math.max(mtimeMs, ctimeMs);
      return [{ domain, topic, absolutePath, sizeBytes, mtimeMs, changedMs, version }];
    });
    files.push(...(await Promise.all(looked)).flat());
  }
  return { files, skipped };
}

/** Paths of Markdown files below the folder, relative with forward slashes; what is no file goes to `skipped`. */
async function markdownBelow(root: string, inside: string, skipped: SkippedStandard[]): Promise<string[]> {
  const found: string[] = [];
  const entries = await readdir(path.join(root, inside), { withFileTypes: true }).catch((error: unknown) => {
    const reason = `the folder cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`;
    skipped.push({ file: inside, reason, isFolder: true });
    return [] as Dirent[];
  });
  for (const entry of entries) {
    const { name } = entry;
    const relative = inside === '' ? name : `${inside}/${name}`;
    const isMarkdown = /\.md$/i.test(name);
    if (name.startsWith('.') || /^readme\.md$/i.test(name)) continue;
    if (entry.isDirectory()) {
      if (inside.split('/').length < deepestFolder)
        found.push(...(await markdownBelow(root, relative, skipped)));
      else
        skipped.push({ file: relative, reason: 'it lies too deep; a standard lies at {domain}/{topic}.md' });
    } else if (entry.isSymbolicLink()) {
      const reason = 'it is a link, and links are not followed; put the file itself here';
      skipped.push({ file: relative, reason });
    } else if (entry.isFile() && isMarkdown) found.push(relative);
    else if (isMarkdown) skipped.push({ file: relative, reason: 'it is not a regular file' });
  }
  return found;
}

function placeOf(relative: string): { domain: string; topic: string } | { reason: string } {
  const [domain = '', file, ...more] = relative.split('/');
  if (file === undefined || more.length > 0) return { reason: 'a standard lies at {domain}/{topic}.md' };
  if (!file.endsWith('.md')) return { reason: 'its name must end in .md' };
  const topic = file.slice(0, -'.md'.length);
  for (const name of [domain, topic]) {
    const problem = nameProblem(name);
    if (problem !== undefined) return { reason: `"${name}" cannot be a part of its id: ${problem}` };
  }
  return { domain, topic };
}
