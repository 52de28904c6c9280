import type { SgNode } from '@ast-grep/napi';

/** Where a finding stands in its file; lines and columns from 0. */
export interface FoundRange {
  start: { line: number; column: number };
  end: { line: number };
}

/**
 * Where the code is that a rule has found: for a call whose receiver begins on a line above, as in a chain of calls, it is
 * the name that is called and what follows; else the node itself. The chain's first line is that of another call.
 */
export function offendingPlace(node: SgNode): FoundRange {
  const { start, end } = node.range();
  const called = calledName(node)?.range().start;
  return called !== undefined && called.line > start.line ? { start: called, end } : { start, end };
}

const names = new Set<unknown>(['identifier', 'shorthand_property_identifier']);

/**
 * Where the part of a match that makes it a finding begins on a line below the match's own place: there. A bare name
 * says less than the call that takes it, so then the call's place stays.
 */
export function placeOfPart(match: SgNode, part: SgNode | undefined): FoundRange {
  const place = offendingPlace(match);
  if (part === undefined || names.has(part.kind())) return place;
  const { start, end } = part.range();
  const isBelow = start.line > place.start.line && end.index <= match.range().end.index;
  return isBelow ? offendingPlace(part) : place;
}

/** Where a text of several lines, such as a statement in a template, has what is found. */
export function placesInText(node: SgNode, pattern: RegExp): FoundRange[] {
  const { start } = node.range();
  const text = node.text();
  return Array.from(text.matchAll(pattern), (found) => {
    const before = text.slice(0, found.index).split('\n');
    const line = start.line + before.length - 1;
    const column = before.length === 1 ? start.column + found.index : before.at(-1)!.length;
    return { start: { line, column }, end: { line: line + found[0].split('\n').length - 1 } };
  });
}

/** The name of a method that is called, in each grammar; `undefined` for what is no call of a method. */
function calledName(node: SgNode): SgNode | undefined {
  switch (node.kind() as string) {
    case 'method_invocation':
      return node.field('name') ?? undefined;
    case 'call':
    case 'call_expression': {
      const callee = node.field('function');
      // TypeScript, Go and Python, in this order.
      const name = callee?.field('property') ?? callee?.field('field') ?? callee?.field('attribute');
      return name ?? undefined;
    }
    default:
      return undefined;
  }
}
