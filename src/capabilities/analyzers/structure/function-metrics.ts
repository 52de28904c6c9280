import type { SgNode } from '@ast-grep/napi';
import type { Evidence, Family } from '../evidence.ts';
import { grammars } from '../families/family.ts';
import type { SourceFile } from '../rules/source-file.ts';
import { structureEvidence } from './structure-evidence.ts';

export const limits = { functionLines: 120, paths: 25, nesting: 5, fileLines: 800 } as const;

const nesting: Readonly<Record<Family, readonly string[]>> = {
  typescript: [
    'if_statement',
    'for_statement',
    'for_in_statement',
    'while_statement',
    'do_statement',
    'switch_statement',
    'try_statement',
  ],
  python: [
    'if_statement',
    'for_statement',
    'while_statement',
    'try_statement',
    'with_statement',
    'match_statement',
  ],
  go: [
    'if_statement',
    'for_statement',
    'expression_switch_statement',
    'type_switch_statement',
    'select_statement',
  ],
  java: [
    'if_statement',
    'for_statement',
    'enhanced_for_statement',
    'while_statement',
    'do_statement',
    'switch_expression',
    'try_statement',
  ],
};
const branching: Readonly<Record<Family, readonly string[]>> = {
  typescript: [
    'if_statement',
    'for_statement',
    'for_in_statement',
    'while_statement',
    'do_statement',
    'switch_case',
    'catch_clause',
    'ternary_expression',
  ],
  python: [
    'if_statement',
    'elif_clause',
    'for_statement',
    'while_statement',
    'except_clause',
    'case_clause',
    'conditional_expression',
  ],
  go: ['if_statement', 'for_statement', 'expression_case', 'type_case', 'communication_case'],
  java: [
    'if_statement',
    'for_statement',
    'enhanced_for_statement',
    'while_statement',
    'do_statement',
    'switch_block_statement_group',
    'switch_rule',
    'catch_clause',
    'ternary_expression',
  ],
};

interface Span {
  start: number;
  end: number;
}

/** Size, number of paths and depth of nesting, for the file and each of its functions. Tests may be long. */
export function metricEvidence(file: SourceFile, family: Family): Evidence[] {
  if (file.isTest) return [];
  const lines = file.text.split(/\r?\n/);
  const evidence: Evidence[] = [];
  const codeLines = lines.filter((l) => l.trim() !== '').length;
  if (codeLines > limits.fileLines && !/\.d\.[cm]?ts$/.test(file.path)) {
    const fact = `${codeLines} lines, more than ${limits.fileLines}`;
    evidence.push(
      structureEvidence('large-file', { file: file.path, line: 1, quote: lines[0]!.trim() }, fact),
    );
  }
  const root = file.root();
  const functions = nodesOf(root, grammars[family].functions);
  const spans = functions.map(spanOf);
  const branches = owned(nodesOf(root, branching[family]).map(spanOf), spans);
  const nested = owned(nodesOf(root, nesting[family]).filter(startsNesting).map(spanOf), spans);
  functions.forEach((node, at) => {
    const { start, end } = node.range();
    const line = start.line + 1;
    const place = {
      file: file.path,
      line,
      endLine: line,
      column: start.column + 1,
      quote: lines[start.line]!.trim(),
    };
    const size = end.line - start.line + 1;
    const paths = branches[at]!.length + 1;
    const depth = deepest(nested[at]!);
    if (paths > limits.paths) {
      evidence.push(
        structureEvidence('complex-function', place, `${paths} paths, more than ${limits.paths}`),
      );
    } else if (size > limits.functionLines && paths > 5) {
      evidence.push(
        structureEvidence('long-function', place, `${size} lines, more than ${limits.functionLines}`),
      );
    }
    if (depth > limits.nesting) {
      evidence.push(structureEvidence('deep-nesting', place, `${depth} levels, more than ${limits.nesting}`));
    }
  });
  return evidence;
}

function nodesOf(root: SgNode, kinds: readonly string[]): SgNode[] {
  return root.findAll({ rule: { any: kinds.map((kind) => ({ kind })) } });
}

/** `else if` continues a chain; it adds no level. */
function startsNesting(node: SgNode): boolean {
  if (node.kind() !== 'if_statement') return true;
  const parent = node.parent();
  return parent?.kind() !== 'else_clause' && parent?.kind() !== 'if_statement';
}

function spanOf(node: SgNode): Span {
  const { start, end } = node.range();
  return { start: start.index, end: end.index };
}

/** The inner spans of each function, each given to the innermost function only. Both lists are in order of start. */
function owned(inner: readonly Span[], functions: readonly Span[]): Span[][] {
  const lists: Span[][] = functions.map(() => []);
  const open: number[] = [];
  let next = 0;
  for (const span of inner) {
    for (; next < functions.length && functions[next]!.start <= span.start; next++) open.push(next);
    while (open.length > 0 && functions[open.at(-1)!]!.end < span.end) open.pop();
    if (open.length > 0) lists[open.at(-1)!]!.push(span);
  }
  return lists;
}

function deepest(spans: readonly Span[]): number {
  const open: Span[] = [];
  let depth = 0;
  for (const span of spans) {
    while (open.length > 0 && open.at(-1)!.end <= span.start) open.pop();
    open.push(span);
    depth = Math.max(depth, open.length);
  }
  return depth;
}
