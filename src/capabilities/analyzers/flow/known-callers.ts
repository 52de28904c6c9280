import type { SgNode } from '@ast-grep/napi';
import type { FileDefinitions } from './definitions.ts';
import type { Definition } from './shape.ts';

/** Arguments after which places no longer tell which parameter a value goes to. */
const unplaced = /^(?:spread_element|keyword_argument|list_splat|dictionary_splat)$/;

/**
 * What a parameter can hold, when its function is called in this file only: the arguments of all its calls. `undefined`
 * when others may call it: it is exported, handed on as a value, or never called here.
 */
export function argumentsFor(parameter: Definition, definitions: FileDefinitions): SgNode[] | undefined {
  const { grammar } = definitions;
  const owner = definitions.functionAround(parameter.node);
  const name = owner?.field('name');
  if (!owner || !name || !grammar.isPrivate(owner)) return undefined;
  if (definitions.functionNamed(name.text())?.id() !== owner.id()) return undefined;
  const place = definitions.positionOf(parameter);
  const given: SgNode[] = [];
  let calls = 0;
  for (const use of usesOf(name.text(), owner.getRoot().root())) {
    if (isWithin(use, owner)) continue;
    const args = argumentsOfCall(use, definitions);
    if (args === undefined) return undefined;
    calls++;
    const argument = args[place];
    if (args.some((a) => unplaced.test(a.kind() as string))) given.push(...args);
    else if (argument !== undefined) given.push(argument);
  }
  return calls > 0 ? given : undefined;
}

/** The function's own name, and the calls by which it calls itself. */
function isWithin(use: SgNode, owner: SgNode): boolean {
  const [inner, outer] = [use.range(), owner.range()];
  return outer.start.index <= inner.start.index && inner.end.index <= outer.end.index;
}

function usesOf(name: string, root: SgNode): SgNode[] {
  const named = `^${name.replace(/[^\w]/g, '\\$&')}$`;
  return root
    .findAll({ rule: { regex: named } })
    .filter((n) => /identifier/.test(n.kind() as string) && n.isLeaf());
}

/** The arguments when a name stands where it is called, by itself or on `this`. */
function argumentsOfCall(use: SgNode, { grammar }: FileDefinitions): readonly SgNode[] | undefined {
  const around = use.ancestors().slice(0, 2);
  for (const node of around) {
    const shape = grammar.shapeOf(node);
    if (shape.is !== 'call' || shape.name !== use.text()) continue;
    if (shape.receiver !== null && shape.receiver.text() !== 'this') return undefined;
    const end = use.range().end.index;
    return shape.args.every((a) => a.range().start.index >= end) ? shape.args : undefined;
  }
  return undefined;
}
