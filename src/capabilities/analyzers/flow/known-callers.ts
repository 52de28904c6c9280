import type { SgNode } from '@ast-grep/napi';
import { nameOf, type FileDefinitions } from './definitions.ts';
import type { Definition } from './shape.ts';

/** Arguments after which places no longer tell which parameter a value goes to. */
const unplaced = /^(?:spread_element|keyword_argument|list_splat|dictionary_splat)$/;

/**
 * What a parameter can hold, when its function is called in this file only: the arguments of all its calls. `undefined`
 * when others may call it: it is exported, handed on as a value, or never called here.
 */
export function argumentsFor(parameter: Definition, definitions: FileDefinitions): SgNode[] | undefined {
  const owner = definitions.functionAround(parameter.node);
  if (!owner || !definitions.grammar.isPrivate(owner)) return undefined;
  const place = definitions.positionOf(parameter);
  const calls = callsOf(owner, definitions);
  if (calls.length === 0 || calls.includes(undefined)) return undefined;
  return calls.flatMap((args) => argumentsAt(place, args!));
}

/** What the calls in this file give a parameter; others may give it more. */
export function argumentsHere(parameter: Definition, definitions: FileDefinitions): SgNode[] {
  const owner = definitions.functionAround(parameter.node);
  if (!owner) return [];
  const place = definitions.positionOf(parameter);
  return callsOf(owner, definitions).flatMap((args) => {
    // places of named and spread arguments are not known
    const isPlaced = args !== undefined && !args.some((a) => unplaced.test(a.kind() as string));
    return isPlaced ? argumentsAt(place, args) : [];
  });
}

function argumentsAt(place: number, args: readonly SgNode[]): readonly SgNode[] {
  if (args.some((a) => unplaced.test(a.kind() as string))) return args;
  const argument = args[place];
  return argument === undefined ? [] : [argument];
}

type Calls = readonly (readonly SgNode[] | undefined)[];
const callsByFunction = new WeakMap<FileDefinitions, Map<number, Calls>>();

/** The arguments of each use of a function's name outside of it; `undefined` for a use that is no call. */
function callsOf(owner: SgNode, definitions: FileDefinitions): Calls {
  const known = callsByFunction.get(definitions) ?? new Map<number, Calls>();
  callsByFunction.set(definitions, known);
  const before = known.get(owner.id());
  if (before !== undefined) return before;
  const name = nameOf(owner);
  const isOnly = name !== undefined && definitions.functionNamed(name)?.id() === owner.id();
  const uses = isOnly ? usesOf(name, owner.getRoot().root()) : [];
  const calls = uses.filter((use) => !isWithin(use, owner)).map((use) => argumentsOfCall(use, definitions));
  known.set(owner.id(), calls);
  return calls;
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
