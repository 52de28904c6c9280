import type { SgNode } from '@ast-grep/napi';
import type { Parser } from './parser.ts';
import { isTestFile } from './test-files.ts';

/** One file under analysis; its tree is made at the first use and shared by everything that looks at it. */
export interface SourceFile {
  /** Relative, forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly isTest: boolean;
  root(): SgNode;
}

export function openSource(path: string, text: string, grammar: string, parser: Parser): SourceFile {
  let root: SgNode | undefined;
  return { path, text, isTest: isTestFile(path, text), root: () => (root ??= parser.parse(grammar, text)) };
}
