import type { SourceTree } from './source-tree.ts';

/** One place where a rule of this code base is broken. */
export interface Violation {
  /** Path from the root of the tree, forward slashes. */
  file: string;
  /** 1-based. */
  line: number;
  /** What is wrong here and what to do instead. */
  message: string;
}

/** A rule of this code base as a function over a source tree, so that a planted violation can prove it works. */
export interface Check {
  /** Kebab-case; the key of the table in AGENTS.md, of the plants and of the exceptions. */
  id: string;
  find(tree: SourceTree): Violation[] | Promise<Violation[]>;
}

/** A tree with violations that a check must report, and nothing else. */
export interface Plant {
  check: string;
  /** What is wrong in the tree, for the test's title. */
  what: string;
  files: Record<string, string>;
  /** Every `file:line` the check must report, in order. */
  expects: readonly string[];
}
