import type { SgNode } from '@ast-grep/napi';
import type { Definition } from './shape.ts';

/**
 * What a read of one place of a collection can give, when the collection was filled in this function: the values put
 * under the same constant key, or the element at a constant position. `undefined` when that cannot be told.
 */
export function valuesAt(
  filled: readonly Definition[],
  place: string,
  valueOf: (node: SgNode) => string | undefined,
): SgNode[] | undefined {
  const steps = filled.filter((d) => d.kind === 'extend').toSorted((a, b) => placeOf(a) - placeOf(b));
  if (steps.length === 0 || filled.some((d) => d.kind === 'parameter')) return undefined;
  const keys = steps.map((d) => (d.key ? valueOf(d.key) : undefined));
  if (steps.every((d, i) => d.change === 'put' && keys[i] !== undefined)) {
    return steps.filter((_, i) => keys[i] === place).flatMap((d) => (d.value === null ? [] : [d.value]));
  }
  if (!/^\d+$/.test(place) || steps.some((d) => d.change !== 'add' && d.change !== 'remove'))
    return undefined;
  const list: SgNode[] = [];
  for (const [i, { change, value }] of steps.entries()) {
    if (change === 'add' && value !== null) list.push(value);
    if (change === 'remove') list.splice(Number(keys[i]), 1);
  }
  const element = list[Number(place)];
  return element === undefined ? undefined : [element];
}

function placeOf(definition: Definition): number {
  return definition.node.range().start.index;
}
