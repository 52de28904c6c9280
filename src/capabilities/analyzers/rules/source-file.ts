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

/**
 * The line, from 1, of the first place that the parser cannot read: a mistake in the code, or syntax newer than the
 * grammar. Rules may miss what stands there.
 */
export function firstUnreadLine(source: SourceFile): number | undefined {
  const root = source.root();
  const broken = root.kind() === 'ERROR' ? root : root.find({ rule: { kind: 'ERROR' } });
  return broken === null ? undefined : broken.range().start.line + 1;
}

export function openSource(path: string, text: string, grammar: string, parser: Parser): SourceFile {
  let root: SgNode | undefined;
  const isTest = isTestFile(path, text);
  return { path, text, isTest, grammar, root: () => (root ??= parser.parse(grammar, text)) };
}
