import type { ProjectFiles } from '../../../platform/files/index.ts';

export interface Place {
  file: string;
  line: number;
  quote: string;
}

export interface VerifiedPlace extends Place {
  /** Whether the quote stands at the line of the file. */
  verified: boolean;
  /** Whether the file's text has secrets there, which the quote does not show. */
  isMasked: boolean;
  /** Why not, or how the given place was corrected. */
  note: string | undefined;
}

/** Code compared without its spacing: models and editors change it. */
export function normalised(code: string): string {
  return code.replace(/\s+/g, ' ').trim();
}

/** A minified file is one line of a megabyte; characters. */
const maxLineLength = 300;

const shortened = (line: string) =>
  line.length > maxLineLength ? `${line.slice(0, maxLineLength - 1)}…` : line;

/** Shortest quote that identifies a line; `}` stands everywhere. */
const minQuoteLength = 3;

export interface PlaceSources {
  files: ProjectFiles;
  /** As everything is masked that a model reads; keeps lines where they are. */
  redact: (text: string) => Promise<{ text: string }>;
}

/**
 * Checks that a file of the project has the quoted code at the given line. Where it stands at another line (the
 * model miscounted, the file was edited), the nearest one is returned. Quote and file are compared as a model sees them,
 * with secrets masked, and the place's quote holds none. Never throws for a wrong place.
 */
export async function verifyPlace(claimed: Place, { files, redact }: PlaceSources): Promise<VerifiedPlace> {
  const quoteShown = (await redact(claimed.quote)).text;
  const unverified = (note: string): VerifiedPlace => ({
    ...claimed,
    quote: quoteShown,
    verified: false,
    isMasked: false,
    note,
  });
  let text: string;
  let file: string;
  try {
    const read = await files.readText(claimed.file);
    text = read.text;
    file = read.path;
  } catch (error) {
    return unverified(error instanceof Error ? error.message : String(error));
  }
  const quoted = linesOf(quoteShown);
  if (quoted.join(' ').length < minQuoteLength) return unverified('The quote is empty or too short.');
  const lines = text.split(/\r?\n/);
  const shown = (await redact(text)).text.split(/\r?\n/);
  const line =
    nearestLine(shown.map(normalised), quoted, claimed.line) ??
    // A piece that shows no secret by itself, though the whole line does.
    nearestLine(lines.map(normalised), linesOf(claimed.quote), claimed.line);
  if (line === undefined) return unverified(`The quote is not in ${file}.`);
  const end = line - 1 + Math.min(quoted.length, 3);
  const quote = shown
    .slice(line - 1, end)
    .map(shortened)
    .join('\n')
    .trim();
  const moved = line !== claimed.line || file !== claimed.file;
  return {
    file,
    line,
    quote,
    verified: true,
    isMasked: shown.slice(line - 1, end).some((each, index) => each !== lines[line - 1 + index]),
    note: moved ? `Place corrected from ${claimed.file}:${claimed.line}.` : undefined,
  };
}

function linesOf(quote: string): string[] {
  return quote
    .split(/\r?\n/)
    .map(normalised)
    .filter((line) => line !== '');
}

/**
 * The line, from 1, where all quoted lines stand in order, blank lines between allowed: the claimed one if they stand
 * there, else the nearest whose whole text is the quote, else the nearest that holds it.
 */
function nearestLine(
  lines: readonly string[],
  quoted: readonly string[],
  claimed: number,
): number | undefined {
  const first = quoted[0]!;
  const places = lines
    .keys()
    .filter((index) => lines[index]!.includes(first) && continues(lines, index, quoted))
    .map((index) => index + 1)
    .toArray();
  if (places.includes(claimed)) return claimed;
  const whole = places.filter((line) => lines[line - 1] === first);
  const distance = (line: number) => Math.abs(line - claimed);
  return (whole.length > 0 ? whole : places).reduce<number | undefined>(
    (best, line) => (best === undefined || distance(line) < distance(best) ? line : best),
    undefined,
  );
}

function continues(lines: readonly string[], start: number, quoted: readonly string[]): boolean {
  let at = start + 1;
  for (const expected of quoted.slice(1)) {
    while (lines[at] === '') at++;
    if (lines[at]?.includes(expected) !== true) return false;
    at++;
  }
  return true;
}
