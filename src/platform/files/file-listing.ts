import { compileGlob } from './glob.ts';
import { resolveInside } from './confinement.ts';
import { IgnoreRules } from './ignore-rules.ts';
import { createPacer } from './pacer.ts';
import { inspectRegularFile } from './regular-file.ts';
import { compareText, walkTree, type SkippedFile, type Visit } from './walk-tree.ts';

/** What a listing found. Guarantee: a file is in `files`, in `skipped` with a reason, or excluded by a rule; none is dropped. */
export interface FileListing {
  /** Text files in order of their paths. */
  files: { path: string; sizeBytes: number }[];
  /** What was met and left out. Links to places inside the project are not: their targets stand at their own place. */
  skipped: SkippedFile[];
  /** Entries that ignore rules exclude; an ignored folder counts once, whatever it holds. */
  ignored: number;
  /** Whether the walk stopped at `maxFiles`. What is there is the beginning of the full list. */
  truncated: boolean;
}

/** Which of the project's files to list. */
export interface ListOptions {
  /** Files and folders to look at; all of the project when left out or empty. */
  under?: readonly string[];
  /** See `compileGlob`. Files that do not match are not looked at; links and folders that cannot be read are said anyway. */
  glob?: string;
  /** Most files listed, and most skipped; 1 and more. */
  maxFiles?: number;
  signal?: AbortSignal;
}

/** Lists the project's text files; see `ProjectFiles.list`. */
export async function listFiles(
  root: string,
  options: ListOptions & { maxFiles: number; maxFileBytes: number },
): Promise<FileListing> {
  const listing: FileListing = { files: [], skipped: [], ignored: 0, truncated: false };
  for await (const visit of visitFiles(root, options)) {
    if (visit.kind === 'ignored') {
      listing.ignored += 1;
      continue;
    }
    if (listing.files.length >= options.maxFiles || listing.skipped.length >= options.maxFiles) {
      listing.truncated = true;
      break;
    }
    if (visit.kind === 'skipped') listing.skipped.push(visit.skipped);
    else {
      const facts = inspectRegularFile(visit.absolute, options.maxFileBytes);
      const { kind, ...size } = facts;
      if (facts.kind === 'text') listing.files.push({ path: visit.path, sizeBytes: facts.sizeBytes });
      else {
        const limit = kind === 'too-large' ? { limitBytes: options.maxFileBytes } : {};
        const reason = kind as SkippedFile['reason'];
        listing.skipped.push({ path: visit.path, reason, ...size, ...limit });
      }
    }
  }
  return listing;
}

/** Every candidate under the given places, once, in order; content not yet looked at. */
export async function* visitFiles(root: string, options: ListOptions): AsyncGenerator<Visit> {
  const matches = options.glob === undefined ? () => true : compileGlob(options.glob);
  const pacer = createPacer(options.signal);
  const rules = new IgnoreRules(root);
  for (const start of await startingPlaces(root, options.under ?? [])) {
    for await (const visit of start.isFolder
      ? walkTree(root, rules, start.segments)
      : visitOne(rules, start)) {
      if (visit.kind !== 'file' || matches(visit.path)) yield visit;
      await pacer.pause();
    }
  }
}

interface StartingPlace {
  segments: readonly string[];
  isFolder: boolean;
  absolute: string;
}

async function startingPlaces(root: string, under: readonly string[]): Promise<StartingPlace[]> {
  const resolved = await Promise.all(
    (under.length === 0 ? ['.'] : under).map((place) => resolveInside(root, place)),
  );
  const keyed = resolved
    .map(({ relative, absolute, kind }) => {
      const path = relative === '.' ? '' : relative;
      const isFolder = kind === 'directory';
      return { key: isFolder && path !== '' ? `${path}/` : path, path, isFolder, absolute };
    })
    .sort((a, b) => compareText(a.key, b.key));
  const kept: typeof keyed = [];
  for (const place of keyed) {
    const covered = kept.some(
      (other) => other.key === place.key || (other.isFolder && place.key.startsWith(other.key)),
    );
    if (!covered) kept.push(place);
  }
  return kept.map(({ path, isFolder, absolute }) => ({
    segments: path.split('/').filter(Boolean),
    isFolder,
    absolute,
  }));
}

function* visitOne(rules: IgnoreRules, place: StartingPlace): Generator<Visit> {
  const path = place.segments.join('/');
  if (rules.isIgnored(place.segments, false)) yield { kind: 'ignored', path };
  else yield { kind: 'file', path, absolute: place.absolute };
}
