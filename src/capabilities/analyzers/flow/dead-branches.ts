import type { SgNode } from '@ast-grep/napi';
import type { Definition } from './shape.ts';

type ValueOf = (node: SgNode) => string | undefined;

/**
 * The definitions that can run: those in a branch whose condition is constant and excludes it are left out.
 * `valueOf` folds an expression to its value as text, where it is known.
 */
export function liveOnly(definitions: readonly Definition[], valueOf: ValueOf): readonly Definition[] {
  if (definitions.length < 2) return definitions;
  const live = definitions.filter((d) => !isDead(d.node, valueOf));
  return live.length === 0 ? definitions : live;
}

function isDead(node: SgNode, valueOf: ValueOf): boolean {
  let inner = node;
  for (const outer of node.ancestors()) {
    if (outer.kind() === 'if_statement' && isExcludedByIf(inner, outer, valueOf)) return true;
    if (outer.kind() === 'switch_block_statement_group' && isExcludedBySwitch(outer, valueOf)) return true;
    inner = outer;
  }
  return false;
}

function isExcludedByIf(branch: SgNode, statement: SgNode, valueOf: ValueOf): boolean {
  const condition = statement.field('condition');
  const value = condition === null ? undefined : valueOf(condition);
  if (value === 'true') return branch.id() === statement.field('alternative')?.id();
  return value === 'false' && branch.id() === statement.field('consequence')?.id();
}

function isExcludedBySwitch(group: SgNode, valueOf: ValueOf): boolean {
  const block = group.parent();
  const subject = block?.parent()?.field('condition');
  const value = subject ? valueOf(subject) : undefined;
  if (value === undefined || block === null) return false;
  if (labelsOf(group).includes(value)) return false;
  return (
    !labelsOf(group).includes('default') || block.namedChildren().some((g) => labelsOf(g).includes(value))
  );

  function labelsOf(of: SgNode): string[] {
    return of
      .namedChildren()
      .filter((c) => c.kind() === 'switch_label')
      .map((label) => {
        const literal = label.namedChildren()[0];
        return literal === undefined ? 'default' : (valueOf(literal) ?? literal.text());
      });
  }
}
