import type { Family } from '../evidence.ts';
import type { ErrorAnswer } from './answer-shape.ts';

/** What one file tells about its place among the others. */
export interface FileFacts {
  family: Family;
  isTest: boolean;
  /** Lines that hold code. */
  codeLines: number;
  /** What it imports when it is loaded (not types only, not inside a function), with the line's place and text. */
  imports: { specifier: string; line: number; quote: string }[];
  /** Where it answers requests with a failure, where that is asked for. */
  errorAnswers?: ErrorAnswer[];
}

const importForms: Readonly<Record<Family, RegExp>> = {
  typescript:
    /^(?:import|export)\s+(?!type\b)(?:[^'"`;]*?\sfrom\s*)?['"]([^'"\n]+)['"]|^(?:const|let|var)\s[^=\n]*=\s*require\(\s*['"]([^'"\n]+)['"]\s*\)/gm,
  python: /^from\s+([.\w]+)\s+import\s+([^\n#]+)|^import\s+([\w.]+(?:\s*,\s*[\w.]+)*)/gm,
  go: /(?!)/g,
  java: /^import\s+([\w.]+)\s*;/gm,
};

export function factsOf(text: string, family: Family, isTest: boolean): FileFacts {
  const lines = text.split(/\r?\n/);
  const codeLines = lines.filter((l) => /\S/.test(l) && !/^\s*(?:\/\/|#|\*|\/\*)/.test(l)).length;
  const imports: FileFacts['imports'] = [];
  for (const match of text.matchAll(importForms[family])) {
    const line = text.slice(0, match.index).split('\n').length;
    const quote = (lines[line - 1] ?? '').trim();
    for (const specifier of specifiersOf(match, family)) imports.push({ specifier, line, quote });
  }
  return { family, isTest, codeLines, imports };
}

function specifiersOf(match: RegExpMatchArray, family: Family): string[] {
  if (family !== 'python') return [match[1] ?? match[2]!];
  if (match[3] !== undefined) return match[3].split(',').map((s) => s.trim());
  // `from package import name` may name a module of the package, so both are tried.
  const names = match[2]!.replace(/[()\\]/g, '').split(',');
  const from = match[1]!;
  return [from, ...names.map((n) => `${from}${from.endsWith('.') ? '' : '.'}${n.trim().split(/\s+/)[0]}`)];
}
