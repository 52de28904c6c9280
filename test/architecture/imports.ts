import { posix } from 'node:path';
import ts from 'typescript';
import { lineAt, typescriptFiles, type SourceTree } from './source-tree.ts';

/** One import, export-from, dynamic or type import of one file. */
export interface Import {
  from: string;
  line: number;
  specifier: string;
  /** The imported file from the root of the tree; `undefined` for a package or a Node module. */
  to: string | undefined;
}

const parsed = new WeakMap<SourceTree, Import[]>();

/**
 * Every import of the tree's TypeScript files.
 *
 * Read with TypeScript's scanner instead of a bundler's resolver: all our imports are relative with their extension, so
 * a path join resolves them, type imports are seen, and a planted tree needs no disk.
 */
export function importsOf(tree: SourceTree): Import[] {
  const known = parsed.get(tree);
  if (known !== undefined) return known;
  const imports: Import[] = [];
  for (const [from, text] of typescriptFiles(tree, '')) {
    for (const { fileName: specifier, pos } of ts.preProcessFile(text, true, true).importedFiles) {
      const to = specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : undefined;
      imports.push({ from, line: lineAt(text, pos), specifier, to });
    }
  }
  parsed.set(tree, imports);
  return imports;
}
