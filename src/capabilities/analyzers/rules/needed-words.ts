/** Words a file must contain for a rule to have any chance; decides which rules run on a file at all. */
export type Needed =
  { all: readonly Needed[] } | { any: readonly Needed[] } | { word: string } | { text: RegExp } | 'nothing';

export type SyntaxRule = Readonly<Record<string, unknown>>;

/** What else decides what a rule object needs. */
export interface NeededWith {
  utils?: Readonly<Record<string, SyntaxRule>>;
  /** What the conditions on a metavariable need, by its name; counts wherever a pattern binds it. */
  variables?: Readonly<Record<string, Needed>>;
  /** Only the words of patterns count, so that no regular expression of the rule is run by JavaScript. */
  wordsOnly?: boolean;
}

/** What a rule object needs, on the safe side: a condition is left out where it cannot be read off. */
export function neededBy(rule: SyntaxRule, given: NeededWith = {}): Needed {
  const parts: Needed[] = [];
  for (const [key, value] of Object.entries(rule)) {
    switch (key) {
      case 'pattern':
        parts.push(
          ...neededByPattern(
            typeof value === 'string' ? value : (value as { context: string }).context,
            given,
          ),
        );
        break;
      case 'regex':
        if (given.wordsOnly !== true) parts.push(wordsOfRegex(String(value)));
        break;
      case 'all':
        for (const child of value as SyntaxRule[]) parts.push(neededBy(child, given));
        break;
      case 'any':
        parts.push(anyOf((value as SyntaxRule[]).map((child) => neededBy(child, given))));
        break;
      case 'has':
      case 'inside':
      case 'precedes':
      case 'follows':
        parts.push(neededBy(withoutStop(value as SyntaxRule), given));
        break;
      case 'matches': {
        const util = typeof value === 'string' ? given.utils?.[value] : undefined;
        if (util !== undefined)
          parts.push(neededBy(util, { ...given, utils: { ...given.utils, [value as string]: {} } }));
        break;
      }
    }
  }
  return allOf(parts);
}

export function allOf(parts: readonly Needed[]): Needed {
  const real = parts.filter((p) => p !== 'nothing');
  return real.length === 0 ? 'nothing' : real.length === 1 ? real[0]! : { all: real };
}

function anyOf(parts: readonly Needed[]): Needed {
  return parts.some((p) => p === 'nothing') ? 'nothing' : { any: parts };
}

/** What decides about a file: its words, and whether an expression occurs in it. */
export interface FileWords {
  has(word: string): boolean;
  matches(expression: RegExp): boolean;
}

/** Whether a file with these words can match. */
export function isSatisfied(needed: Needed, words: FileWords): boolean {
  if (needed === 'nothing') return true;
  if ('word' in needed) return words.has(needed.word);
  if ('text' in needed) return words.matches(needed.text);
  return 'all' in needed
    ? needed.all.every((n) => isSatisfied(n, words))
    : needed.any.some((n) => isSatisfied(n, words));
}

/** The words of a file, in the sense that patterns need them. Each expression is searched for once. */
export function wordsOf(text: string): FileWords {
  const words = namesIn(text);
  const searched = new Map<string, boolean>();
  return {
    has: (word) => words.has(word),
    matches(expression) {
      const key = `${expression.flags}:${expression.source}`;
      const known = searched.get(key) ?? expression.test(text);
      searched.set(key, known);
      return known;
    },
  };
}

function namesIn(text: string): Set<string> {
  return new Set(text.match(/[A-Za-z_]\w*/g));
}

function withoutStop(rule: SyntaxRule): SyntaxRule {
  const { stopBy: _stop, field: _field, ...rest } = rule;
  return rest;
}

function wordsOfPattern(pattern: string): Needed {
  const plain = pattern.replace(/\$+[A-Z_][A-Z0-9_]*|\$\$\$/g, ' ');
  return allOf([...namesIn(plain)].filter((w) => w !== 'func' && w !== '_').map((word) => ({ word })));
}

function neededByPattern(pattern: string, { variables = {} }: NeededWith): Needed[] {
  const bound = Array.from(pattern.matchAll(/(?<!\$)\$([A-Z_][A-Z0-9_]*)/g), ([, name]) => variables[name!]);
  return [wordsOfPattern(pattern), ...bound.filter((n) => n !== undefined)];
}

/** Where a node may begin and end: never inside a word. */
const edges: Readonly<Record<string, string>> = { '^': '(?:(?<!\\w)|(?!\\w))', $: '(?:(?!\\w)|(?<!\\w))' };

/**
 * A node's text is part of the file's, so the expression must occur in the file, with the edges of words in place of
 * its anchors.
 */
export function wordsOfRegex(regex: string): Needed {
  const plain = /^\^(?:\((?:\?:)?)?([A-Za-z_]\w*(?:\|[A-Za-z_]\w*)*)\)?\$$/.exec(regex)?.[1];
  if (plain !== undefined && (!plain.includes('|') || /^\^\(/.test(regex))) {
    return anyOf(plain.split('|').map((word) => ({ word })));
  }
  const flags = /^\(\?([ims]+)(?:-u)?\)/.exec(regex);
  const unanchored = regex
    .slice(flags?.[0].length ?? 0)
    .replace(/\\.|\[(?:\\.|[^\]])*\]|[\^$]/gs, (part) => edges[part] ?? part);
  try {
    const expression = new RegExp(unanchored, flags?.[1] ?? '');
    return expression.test('') ? 'nothing' : { text: expression };
  } catch {
    return 'nothing';
  }
}
