import { gitErrors } from './errors.ts';
import { diffRange, literalPathspecs } from './git-diff.ts';
import { openRepository, type RepositoryOptions } from './open-repository.ts';
import { runGit, unexpectedExit, type GitContext } from './run-git.ts';

export interface StagedTextsOptions extends RepositoryOptions {
  /** Files and folders relative to the root, forward slashes; all below the root when left out or empty. */
  paths?: readonly string[];
  /** Largest file that is read, bytes. */
  maxFileBytes: number;
  /** Whether a path may be read. */
  isReadable?: (path: string) => boolean;
}

/** Texts of staged files, and files that were not read. */
export interface StagedTexts {
  texts: Map<string, string>;
  skipped: SkippedStaged[];
}

/** A staged file that was not read: `unmerged` cannot be committed as it is. */
export interface SkippedStaged {
  file: string;
  reason: string;
  kind: 'too-large' | 'unmerged' | 'link' | 'ignored';
}

/** Texts that are held in memory at once, bytes. */
const maxBatchBytes = 16_000_000;
/** Room for the list of changed files, bytes. */
const maxListBytes = 64_000_000;

interface StagedBlob {
  path: string;
  object: string;
  sizeBytes: number;
}

/**
 * The content of added and changed files as it is staged, whatever lies in the work tree, in parts of some megabytes.
 * In a hook that git runs with an index of its own (`git commit --all`), it is that index.
 *
 * Guarantee and errors: those of `gitDiff`.
 */
export async function* stagedTexts(options: StagedTextsOptions): AsyncGenerator<StagedTexts> {
  const { maxFileBytes, isReadable = () => true } = options;
  const context = await openRepository({ ...options, hookIndex: true });
  const { blobs, skipped } = await stagedBlobs(context, literalPathspecs(options.paths ?? []), isReadable);
  const sized = await withSizes(context, blobs);
  for (const { path, sizeBytes } of sized)
    if (sizeBytes > maxFileBytes)
      skipped.push({
        file: path,
        reason: `larger than ${maxFileBytes} bytes (${sizeBytes})`,
        kind: 'too-large',
      });
  const small = sized.filter(({ sizeBytes }) => sizeBytes <= maxFileBytes);
  if (skipped.length > 0) yield { texts: new Map(), skipped };
  for (let start = 0; start < small.length;) {
    const batch: StagedBlob[] = [];
    for (let sizeBytes = 0; start < small.length && sizeBytes < maxBatchBytes; start += 1) {
      batch.push(small[start]!);
      sizeBytes += small[start]!.sizeBytes;
    }
    yield { texts: await textsOf(context, batch), skipped: [] };
  }
}

async function stagedBlobs(
  context: GitContext,
  pathspecs: readonly string[],
  isReadable: (path: string) => boolean,
) {
  const range = await diffRange(context, { staged: true });
  const flags = [
    'diff',
    '--raw',
    '--no-abbrev',
    '-z',
    '--no-renames',
    '--relative',
    '--ignore-submodules=all',
  ];
  const output = await runGit(context, [...flags, ...range, '--', ...pathspecs], maxListBytes);
  if (output.exitCode !== 0) throw unexpectedExit('diff', output);
  if (output.truncated)
    throw gitErrors.make('git.too_many_names', { what: 'staged', limitBytes: maxListBytes });
  const fields = output.stdout.toString().split('\0');
  const blobs: Omit<StagedBlob, 'sizeBytes'>[] = [];
  const skipped: StagedTexts['skipped'] = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [, mode = '', , object = '', status = ''] = fields[index]!.split(' ');
    const path = fields[index + 1]!;
    if (status === 'U') skipped.push({ file: path, reason: 'not merged yet', kind: 'unmerged' });
    else if (mode === '120000') skipped.push({ file: path, reason: 'a link', kind: 'link' });
    else if (mode.startsWith('100') && !isReadable(path))
      skipped.push({ file: path, reason: 'ignored', kind: 'ignored' });
    else if (mode.startsWith('100')) blobs.push({ path, object });
  }
  return { blobs, skipped };
}

async function withSizes(
  context: GitContext,
  blobs: readonly Omit<StagedBlob, 'sizeBytes'>[],
): Promise<StagedBlob[]> {
  if (blobs.length === 0) return [];
  const output = await runGit(
    context,
    ['cat-file', '--batch-check=%(objectsize)'],
    maxListBytes,
    listOf(blobs),
  );
  if (output.exitCode !== 0) throw unexpectedExit('cat-file', output);
  const sizes = output.stdout.toString().split('\n');
  return blobs.map((blob, index) => ({ ...blob, sizeBytes: Number(sizes[index]) }));
}

async function textsOf(context: GitContext, batch: readonly StagedBlob[]): Promise<Map<string, string>> {
  const room = batch.reduce((sum, { sizeBytes }) => sum + sizeBytes + 200, 0);
  const output = await runGit(context, ['cat-file', '--batch'], room, listOf(batch));
  if (output.exitCode !== 0 || output.truncated) throw unexpectedExit('cat-file', output);
  const texts = new Map<string, string>();
  let at = 0;
  for (const { path, sizeBytes } of batch) {
    // Each object has a line about it before its content, and a line end behind it.
    const start = output.stdout.indexOf(0x0a, at) + 1;
    at = start + sizeBytes + 1;
    texts.set(path, output.stdout.toString('utf8', start, start + sizeBytes));
  }
  return texts;
}

const listOf = (blobs: readonly { object: string }[]) => `${blobs.map(({ object }) => object).join('\n')}\n`;
