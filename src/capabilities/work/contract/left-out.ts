import { z } from 'zod';
import { severity } from './severity.ts';

/** A finding that a `troupe-ignore` comment in the code leaves out. */
export const leftOut = z.object({
  file: z.string().describe('Project-relative path, forward slashes.'),
  line: z.int().min(1).describe('Line of what was found, from 1.'),
  severity: severity.describe('How bad it is: critical, high, medium or low.'),
  rule: z.string().describe('Rule that found it.'),
  title: z.string().describe('What was found.'),
  reason: z.string().describe('What the comment gives as the reason; secrets are masked.'),
});
export type LeftOut = z.infer<typeof leftOut>;

/** Most that are named one by one. */
const maxNamed = 20;

/** What comments leave out, a line each below the first; empty where there is nothing. */
export function leftOutLines(items: readonly LeftOut[]): string[] {
  if (items.length === 0) return [];
  const named = items
    .slice(0, maxNamed)
    .map(({ file, line, severity, title, reason }) => `${file}:${line} ${severity}, ${title}: ${reason}`);
  const more = items.length - named.length;
  return [`Left out by comments (${items.length})`, ...named, ...(more === 0 ? [] : [`and ${more} more`])];
}
