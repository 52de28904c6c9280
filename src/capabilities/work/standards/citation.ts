import type { LibraryEntry } from '../../standards/index.ts';

/** A heading of a standard. */
export interface CitedSection {
  heading: string;
  level: number;
  /** From 1. */
  line: number;
}

/** The section that holds the rule itself. */
const ruleSection = 'pattern';

/**
 * The line to cite a standard by, as searches give it: file, line, section, and whether a person approved it. The
 * section is the one that holds `line`, else the one that says the rule.
 */
export function citationOf(
  { file, approval }: Pick<LibraryEntry, 'file' | 'approval'>,
  sections: readonly CitedSection[],
  line?: number,
): string {
  const named = sections.filter(({ heading }) => heading !== '');
  const section =
    (line === undefined ? undefined : named.findLast((one) => one.line <= line)) ??
    named.find(({ heading }) => heading.toLowerCase() === ruleSection) ??
    named[0];
  return section === undefined
    ? `${file}:1 [${approval}]`
    : `${file}:${section.line} (${section.heading}) [${approval}]`;
}

/** The standard that a citation, a file or an id names, and the line it gives. */
export function namedIn(text: string): { name: string; line?: number } {
  const plain = text
    .trim()
    .replace(/^[`"']+|[`"']+$/g, '')
    .replace(/\s*\[[a-z]+\]$/, '')
    .replace(/\s+\(.*\)$/, '');
  const placed = /^(.*[^:]):(\d{1,7})$/.exec(plain);
  return placed === null ? { name: plain } : { name: placed[1]!, line: Number(placed[2]) };
}
