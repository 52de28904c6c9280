import type { SgNode } from '@ast-grep/napi';

const comment = /comment/;
/** Code inside of a string, as in `${…}`. */
const embedded = /substitution|interpolation/;
const string = /string|template|heredoc/;

/** Whether a place in a text, an index, stands in a string, and not in a comment or in code inside of the string. */
export function isInsideString(root: SgNode, at: number): boolean {
  let isInside = false;
  for (let node: SgNode | undefined = root; node !== undefined; node = childAt(node, at)) {
    const kind = String(node.kind());
    if (comment.test(kind)) return false;
    if (embedded.test(kind)) isInside = false;
    else if (string.test(kind)) isInside = true;
  }
  return isInside;
}

const childAt = (node: SgNode, at: number): SgNode | undefined =>
  node.children().find((child) => {
    const { start, end } = child.range();
    return start.index <= at && at < end.index;
  });
