import type { NapiConfig, SgNode } from '@ast-grep/napi';

type NapiRule = NapiConfig['rule'];

/**
 * What an expression does with the values inside it, the same words for every language.
 * The flow questions (constant? input?) are answered over shapes and know no grammar.
 */
export type Shape =
  | { is: 'literal'; value?: string | undefined }
  | { is: 'name'; name: string }
  /** Text put together: concatenation, template, format string. Pieces in order. */
  | { is: 'join'; pieces: readonly (string | SgNode)[] }
  /** One of several values: conditional, `or`. */
  | { is: 'either'; options: readonly SgNode[]; condition?: SgNode | null }
  /** A collection literal. */
  | { is: 'group'; members: readonly SgNode[] }
  /** The value of the inner expression: parentheses, await, cast. */
  | { is: 'same'; inner: SgNode }
  | { is: 'member'; object: SgNode; property: string }
  | { is: 'index'; object: SgNode; index: SgNode | null }
  | { is: 'call'; name: string; callee: string; receiver: SgNode | null; args: readonly SgNode[] }
  /** Comparison, arithmetic, negation: carries no text of its operands. */
  | { is: 'scalar'; operands: readonly SgNode[] }
  | { is: 'function' }
  /** Anything else: what its children carry. */
  | { is: 'opaque'; children: readonly SgNode[] };

export interface Definition {
  name: string;
  /** The name's node; its place orders definitions. */
  node: SgNode;
  /** The assigned expression; absent for parameters and bare declarations. */
  value: SgNode | null;
  kind: 'assign' | 'extend' | 'loop' | 'parameter' | 'caught';
  /** How a call changes a collection, and the key or position it names. */
  change?: 'put' | 'add' | 'remove' | 'append';
  key?: SgNode | undefined;
  /** Declared type of a parameter, as written. */
  type?: string | undefined;
  /** Text of a parameter's own decorators or annotations. */
  annotations?: string | undefined;
}

/** What the flow questions need to know of one language family. */
export interface Grammar {
  /** Kinds of nodes that have parameters and a body. */
  functions: readonly string[];
  /** Kinds whose content may run zero or many times, or is a block of statements. */
  blocks: readonly string[];
  /** Kinds that `definitionsAt` understands. */
  definers: readonly string[];
  /** Calls that put values into a list, as a rule; `definitionsAt` understands them too. */
  fillers?: NapiRule;
  /** Kinds of conditions' owners, and the field that holds the condition. */
  conditionals: readonly string[];
  shapeOf(node: SgNode): Shape;
  definitionsAt(node: SgNode): Definition[];
  /** Expressions that read what a remote caller sent. */
  requestSource: RegExp;
  /** Expressions that read what the person who runs the program gave: arguments, environment, standard input. */
  localSource: RegExp;
  /** Properties of a request that hold what was sent; others were put there by the server. Absent: all of them count. */
  requestMember?: RegExp;
  /** What of a request is a path of this site: it never chooses an address's host. */
  requestPath?: RegExp;
  /** Parameter types that carry a request. */
  requestType: RegExp;
  /** Names that hold a request by convention. */
  requestName: RegExp;
  /** Names that hold a request only in a file that serves requests, and how such a file is known. */
  perhapsRequest: { name: RegExp; served: RegExp };
  /** Parameters that never carry outside text, by name and by type. */
  safeName: RegExp;
  safeType: RegExp;
  /** Declared types that hold text: such a parameter is not harmless by its name (`index: string`). */
  textType: RegExp;
  /** Annotations or decorators that bind a parameter to a request, and those of a function whose parameters are bound. */
  requestAnnotation: RegExp;
  routeAnnotation: RegExp;
  /** Calls whose result carries no outside text or is made safe. */
  cleansing: RegExp;
  /** What follows a path's name in a call that throws when the path is outside a folder. */
  throwsOutside?: RegExp;
  /** Whether no other file can call a function by its name. */
  isPrivate(fn: SgNode): boolean;
  /** Calls without side effects whose result is constant for constant arguments. */
  pure: RegExp;
}
