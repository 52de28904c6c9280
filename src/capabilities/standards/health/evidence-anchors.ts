import { isAppError } from '../../../kernel/index.ts';
import type { ProjectFiles } from '../../../platform/files/index.ts';
import type { StandardEvidence } from '../document/standard.ts';

/** How a place that a standard was derived from is now. Without a quote, a line that exists counts as there. */
export interface AnchorState extends StandardEvidence {
  state: 'there' | 'moved' | 'gone' | 'file-gone' | 'unreadable';
  /** Where the quote stands now, from 1; nearest to where it stood. */
  lineNow: number | undefined;
}

/**
 * Looks each place up, in the order given; a file is read once. White space at the ends and its amount do not matter.
 * Errors: none for the state of files.
 */
export async function lookUpAnchors(
  files: ProjectFiles,
  anchors: readonly StandardEvidence[],
): Promise<AnchorState[]> {
  const states = new Map<StandardEvidence, AnchorState>();
  for (const [file, named] of Map.groupBy(anchors, (anchor) => anchor.file)) {
    const read = await readLines(files, file);
    for (const anchor of named) {
      states.set(
        anchor,
        Array.isArray(read) ? look(anchor, read) : { ...anchor, state: read, lineNow: undefined },
      );
    }
  }
  return anchors.map((anchor) => states.get(anchor)!);
}

async function readLines(files: ProjectFiles, file: string): Promise<string[] | 'file-gone' | 'unreadable'> {
  try {
    return (await files.readText(file)).text.split(/\r\n?|\n/).map(squeezed);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return error.code === 'files.not_found' ? 'file-gone' : 'unreadable';
  }
}

function look(anchor: StandardEvidence, lines: readonly string[]): AnchorState {
  const quoted = (anchor.quote ?? '')
    .split(/\r\n?|\n/)
    .map(squeezed)
    .filter((line) => line !== '');
  if (quoted.length === 0) {
    const isThere = anchor.line <= lines.length;
    return { ...anchor, state: isThere ? 'there' : 'gone', lineNow: isThere ? anchor.line : undefined };
  }
  const nearest = lines
    .map((_line, index) => index)
    .filter((index) => standsAt(lines, index, quoted))
    .reduce<number | undefined>((best, index) => nearer(best, index, anchor.line - 1), undefined);
  if (nearest === undefined) return { ...anchor, state: 'gone', lineNow: undefined };
  return { ...anchor, state: nearest === anchor.line - 1 ? 'there' : 'moved', lineNow: nearest + 1 };
}

/** Whether the quoted lines follow each other from here on; empty lines between them do not matter. */
function standsAt(lines: readonly string[], start: number, quoted: readonly string[]): boolean {
  let index = start;
  for (const wanted of quoted) {
    while (index > start && lines[index] === '') index += 1;
    if (lines[index]?.includes(wanted) !== true) return false;
    index += 1;
  }
  return true;
}

const nearer = (best: number | undefined, index: number, wanted: number) =>
  best === undefined || Math.abs(index - wanted) < Math.abs(best - wanted) ? index : best;

const squeezed = (line: string) => line.replaceAll(/\s+/g, ' ').trim();
