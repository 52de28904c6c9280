import type { Clock } from '../../kernel/index.ts';
import { visitFiles } from './file-listing.ts';
import { compilePattern, matchingLines } from './line-pattern.ts';
import type { FileLimits } from './file-limits.ts';
import { decodeText } from './read-text.ts';
import { readRegularFile } from './regular-file.ts';
import { createTimeLimit } from './time-limit.ts';
import type { SkippedFile } from './walk-tree.ts';

const defaultMaxMatches = 200;
const batchBytes = 512_000;

/** What to search, and where. */
export interface SearchOptions {
  /** A JavaScript regular expression, tried on each line; at most 1,000 characters. */
  pattern: string;
  /** Files and folders to search; all of the project when left out. */
  under?: readonly string[];
  /** See `compileGlob`. */
  glob?: string;
  /** Most matches; 1 and more, default 200. */
  maxMatches?: number;
  ignoreCase?: boolean;
  signal?: AbortSignal;
}

/** Matches in order of path and line; what cut the search short is said. */
export interface SearchResult {
  /** `line` from 1. `text` is the line, or at most 400 characters of it around the match, cuts marked with `…`. */
  matches: { file: string; line: number; text: string }[];
  /** Whether there may be more matches than these. */
  truncated: boolean;
  /** What cut the search short. */
  truncatedBy: 'matches' | 'files' | 'time' | undefined;
  filesSearched: number;
  /** Files that were not searched. */
  skipped: SkippedFile[];
}

/**
 * See `ProjectFiles.grep`. Runs on this thread in batches, each under a time limit that the engine enforces even inside
 * a regular expression: no second thread to start, no text to copy, and the loop waits for one batch at most.
 */
export async function searchFiles(
  root: string,
  options: SearchOptions,
  limits: FileLimits,
  clock: Clock,
): Promise<SearchResult> {
  const pattern = compilePattern(options.pattern, options.ignoreCase ?? false);
  const maxMatches = options.maxMatches ?? defaultMaxMatches;
  const runLimited = createTimeLimit(limits.maxPatternMs);
  const endsAt = clock.monotonicMs() + limits.maxSearchMs;
  const result: SearchResult = {
    matches: [],
    truncated: false,
    truncatedBy: undefined,
    filesSearched: 0,
    skipped: [],
  };
  let batch: { file: string; text: string }[] = [];
  let batchedBytes = 0;

  const searchBatch = () => {
    // One match more than asked for shows whether there are more.
    const room = maxMatches + 1 - result.matches.length;
    result.matches.push(...matchingLines(pattern, batch, room, runLimited));
    batch = [];
    batchedBytes = 0;
  };
  const stopReason = () => {
    if (result.matches.length > maxMatches) return 'matches';
    if (result.filesSearched >= limits.maxFiles || result.skipped.length >= limits.maxFiles) return 'files';
    return clock.monotonicMs() > endsAt ? 'time' : undefined;
  };

  for await (const visit of visitFiles(root, options)) {
    if (visit.kind === 'ignored') continue;
    result.truncatedBy = stopReason();
    if (result.truncatedBy !== undefined) break;
    if (visit.kind === 'skipped') {
      result.skipped.push(visit.skipped);
      continue;
    }
    const content = readRegularFile(visit.absolute, limits.maxFileBytes);
    if (content.kind !== 'text') {
      const size = content.kind === 'unreadable' ? {} : { sizeBytes: content.sizeBytes };
      const limit = content.kind === 'too-large' ? { limitBytes: limits.maxFileBytes } : {};
      result.skipped.push({ path: visit.path, reason: content.kind, ...size, ...limit });
      continue;
    }
    if (batchedBytes > 0 && batchedBytes + content.sizeBytes > batchBytes) searchBatch();
    batch.push({ file: visit.path, text: decodeText(content.bytes).text });
    batchedBytes += content.sizeBytes;
    result.filesSearched += 1;
  }
  searchBatch();
  if (result.matches.length > maxMatches) {
    result.matches.length = maxMatches;
    result.truncatedBy = 'matches';
  }
  result.truncated = result.truncatedBy !== undefined;
  return result;
}
