import type { SgNode } from '@ast-grep/napi';
import type { Parser } from './parser.ts';
import { isTestFile } from './test-files.ts';

/** One file under analysis; its tree is made at the first use and shared by everything that looks at it. */
export interface SourceFile {
  /** Relative, forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly isTest: boolean;
  /** The parser's name of its grammar. */
  readonly grammar: string;
  root(): SgNode;
}

export function openSource(path: string, text: string, grammar: string, parser: Parser): SourceFile {
  let root: SgNode | undefined;
  const isTest = isTestFile(path, text);
  return { path, text, isTest, grammar, root: () => (root ??= parser.parse(grammar, text)) };
}
