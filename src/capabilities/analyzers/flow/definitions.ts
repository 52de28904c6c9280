import type { NapiConfig, SgNode } from '@ast-grep/napi';
import type { Definition, Grammar } from './shape.ts';

interface Placed extends Definition {
  start: number;
  valueStart: number;
  valueEnd: number;
  /** Index into the list of functions, or -1 at file level. */
  owner: number;
  block?: { start: number; end: number };
}

interface FunctionPlace {
  node: SgNode;
  start: number;
  end: number;
}

interface Condition {
  text: string;
  start: number;
  owner: number;
}

/** Who defines which name where in one file. Built once for a file, at the first question. */
export class FileDefinitions {
  readonly grammar: Grammar;
  readonly #functions: FunctionPlace[];
  readonly #byName = new Map<string, Placed[]>();
  readonly #root: SgNode;
  #conditions: Condition[] | undefined;
  #servesRequests: boolean | undefined;
  #functionsByName: Map<string, SgNode | 'several'> | undefined;

  constructor(root: SgNode, grammar: Grammar) {
    this.grammar = grammar;
    this.#root = root;
    this.#functions = allOf(root, grammar.functions).map((node) => ({ node, ...spanOf(node) }));
    const { definers, fillers } = grammar;
    for (const node of allOf(root, definers, fillers === undefined ? [] : [fillers])) {
      for (const definition of grammar.definitionsAt(node)) this.#add(definition);
    }
  }

  /** The innermost function around a node, or `undefined` at file level. */
  functionAround(node: SgNode): SgNode | undefined {
    return this.#functions[this.#ownerOf(node.range().start.index)]?.node;
  }

  /**
   * The definitions of `name` that may reach `use`. In the function of the use: backwards up to the first that
   * always runs before it. From an outer function or the file: all of them. Empty when the file defines no such name.
   */
  reaching(name: string, use: SgNode): readonly Definition[] {
    const all =
      this.#byName.get(name) ?? (name.startsWith('this.') ? this.#byName.get(name.slice(5)) : undefined);
    if (all === undefined) return [];
    const at = use.range().start.index;
    const chain = this.#ownersOf(at);
    for (const owner of [...chain, -1]) {
      const local = all.filter((d) => d.owner === owner);
      if (local.length > 0) return owner === chain[0] || chain.length === 0 ? this.#before(local, at) : local;
    }
    return name.includes('.') ? all : [];
  }

  /** The function of this name, when the file has exactly one. */
  functionNamed(name: string): SgNode | undefined {
    if (this.#functionsByName === undefined) {
      this.#functionsByName = new Map();
      for (const { node } of this.#functions) {
        const own = nameOf(node);
        if (own !== undefined)
          this.#functionsByName.set(own, this.#functionsByName.has(own) ? 'several' : node);
      }
    }
    const named = this.#functionsByName.get(name);
    return named === 'several' ? undefined : named;
  }

  /** Whether what begins with this name can be a request: `ctx` is one in a web handler, and in a build step it is not. */
  mayHoldRequest(text: string): boolean {
    const { name, served } = this.grammar.perhapsRequest;
    if (!name.test(text)) return true;
    this.#servesRequests ??= served.test(this.#root.text());
    return this.#servesRequests;
  }

  /** The place of a parameter in its function's list, from 0. */
  positionOf(parameter: Definition): number {
    const owner = this.#ownerOf(parameter.node.range().start.index);
    const start = parameter.node.range().start.index;
    let before = 0;
    for (const list of this.#byName.values()) {
      for (const d of list) if (d.kind === 'parameter' && d.owner === owner && d.start < start) before++;
    }
    return before;
  }

  /** Whether a condition earlier in the same function checks the name against something known. */
  isGuarded(name: string, use: SgNode): boolean {
    const word = new RegExp(`(?<![\\w.])${escaped(name)}(?![\\w])`);
    return (
      this.#isConditioned(use, (text) => word.test(text) && guarding.test(text)) ||
      this.#isConditioned(use, (text) => this.#tellsOfLeaving(text, word)) ||
      this.#isRefusedByCall(name, use)
    );
  }

  /** Whether the function calls what throws for a path outside a folder, as `path.relative_to(folder)` does. */
  #isRefusedByCall(name: string, use: SgNode): boolean {
    if (!this.grammar.throwsOutside) return false;
    const call = new RegExp(`(?<![\\w.])${escaped(name)}${this.grammar.throwsOutside.source}`);
    return call.test(this.functionAround(use)?.text() ?? '');
  }

  /** Whether a condition looks whether the way from a folder to a path, worked out before, leads out of the folder. */
  #tellsOfLeaving(condition: string, path: RegExp): boolean {
    const [, ...names] = leaving.exec(condition) ?? [];
    const way = names.find((name) => name !== undefined);
    if (way === undefined) return false;
    const values = (this.#byName.get(way) ?? []).map((d) => d.value?.text() ?? '');
    return values.some((value) => relating.test(value) && path.test(value));
  }

  /** Whether an earlier condition of the same function looks the name up in a list that the code fixes. */
  isOneOf(name: string, use: SgNode): boolean {
    const fixed = String.raw`[A-Z][A-Z0-9_]*\b`;
    const listed = new RegExp(
      String.raw`(?<![\w.])${escaped(name)}\s+(?:not\s+)?in\s+(?:[({[]\s*["']|${fixed})` +
        String.raw`|(?<![\w.])(?:\[\s*["'][^\]]*\]|${fixed})\s*\.(?:includes|has|contains|containsKey)\(\s*${escaped(name)}\s*\)`,
    );
    return this.#isConditioned(use, (text) => listed.test(text));
  }

  #isConditioned(use: SgNode, holds: (condition: string) => boolean): boolean {
    const at = use.range().start.index;
    const owner = this.#ownerOf(at);
    return this.#allConditions().some((c) => c.owner === owner && c.start < at && holds(c.text));
  }

  #allConditions(): Condition[] {
    this.#conditions ??= allOf(this.#root, this.grammar.conditionals).map((node) => {
      const start = node.range().start.index;
      return { text: (node.field('condition') ?? node).text(), start, owner: this.#ownerOf(start) };
    });
    return this.#conditions;
  }

  #before(local: Placed[], at: number): readonly Definition[] {
    const earlier = local.filter(
      (d) => d.start < at && !(d.valueStart <= at && at < d.valueEnd && d.kind !== 'loop'),
    );
    if (earlier.length === 0) return local.filter((d) => !(d.valueStart <= at && at < d.valueEnd));
    const reaching: Placed[] = [];
    for (const definition of earlier.toReversed()) {
      if (definition.kind === 'assign' && definition.value === null && reaching.length > 0) continue;
      reaching.push(definition);
      const block = this.#blockOf(definition);
      if (definition.kind !== 'extend' && block.start <= at && at < block.end) break;
    }
    return reaching;
  }

  #blockOf(definition: Placed): { start: number; end: number } {
    if (definition.block === undefined) {
      const isBlock = new Set(this.grammar.blocks);
      const isFunction = new Set(this.grammar.functions);
      const around = definition.node
        .ancestors()
        .find((n) => isBlock.has(n.kind() as string) || isFunction.has(n.kind() as string));
      definition.block = around === undefined ? { start: 0, end: Infinity } : spanOf(around);
    }
    return definition.block;
  }

  #add(definition: Definition): void {
    const start = definition.node.range().start.index;
    const value = definition.value === null ? { start: -1, end: -1 } : spanOf(definition.value);
    const placed: Placed = {
      ...definition,
      start,
      valueStart: value.start,
      valueEnd: value.end,
      owner: this.#ownerOf(start),
    };
    const known = this.#byName.get(definition.name);
    if (known === undefined) this.#byName.set(definition.name, [placed]);
    else known.push(placed);
  }

  /** Functions around a position, innermost first. */
  #ownersOf(at: number): number[] {
    const owners: number[] = [];
    for (let i = this.#functions.length - 1; i >= 0; i--) {
      const place = this.#functions[i]!;
      if (place.start <= at && at < place.end) owners.push(i);
    }
    return owners;
  }

  #ownerOf(at: number): number {
    return this.#ownersOf(at)[0] ?? -1;
  }
}

/** Calls and operators by which code checks a value against an allow-list or a form. */
const guarding =
  /\b(?:includes|has|test|match(?:es)?|contains\w*|startsWith|startswith|HasPrefix|IsLocal|fullmatch|isalnum|isalpha|isdigit|isdecimal|isnumeric|hasOwn\w*|MatchString|is_relative_to|commonpath|\w*[vV]alid\w*|\w*[aA]llow\w*|\w*[wW]hite_?[lL]ist\w*|is_?[sS]afe\w*)\b|\bin\s+[\w.[({]/;

/** Conditions on a relative path that begins with `..`, and the calls that make one. */
const leaving =
  /\b(\w+)\.(?:startsWith|startswith)\(\s*["'`]\.\.|\bHasPrefix\(\s*(\w+)\s*,\s*["`]\.\.|\b(\w+)\s*===?\s*["'`]\.\.["'`]/;
const relating = /\b(?:relative|Rel|relpath|relativize)\(/;

/** The name of a function, also of `const name = () => …`. */
export function nameOf(fn: SgNode): string | undefined {
  const own = fn.field('name');
  if (own !== null) return own.text();
  if (fn.kind() !== 'arrow_function' && fn.kind() !== 'function_expression') return undefined;
  const parent = fn.parent();
  return parent?.kind() === 'variable_declarator' ? parent.field('name')?.text() : undefined;
}

const escaped = (name: string) => name.replace(/[^\w]/g, '\\$&');

function allOf(root: SgNode, kinds: readonly string[], others: readonly NapiConfig['rule'][] = []): SgNode[] {
  return root.findAll({ rule: { any: [...kinds.map((kind) => ({ kind })), ...others] } });
}

function spanOf(node: SgNode): { start: number; end: number } {
  const { start, end } = node.range();
  return { start: start.index, end: end.index };
}
