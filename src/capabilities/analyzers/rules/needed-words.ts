/** Words a file must contain for a rule to have any chance; decides which rules run on a file at all. */
export type Needed = { all: readonly Needed[] } | { any: readonly Needed[] } | { word: string } | 'nothing';

export type SyntaxRule = Readonly<Record<string, unknown>>;

/** What a rule object needs, on the safe side: a condition is left out where it cannot be read off. */
export function neededBy(rule: SyntaxRule, utils: Readonly<Record<string, SyntaxRule>> = {}): Needed {
  const parts: Needed[] = [];
  for (const [key, value] of Object.entries(rule)) {
    switch (key) {
      case 'pattern':
        parts.push(
          wordsOfPattern(typeof value === 'string' ? value : String((value as { context?: string }).context)),
        );
        break;
      case 'regex':
        parts.push(wordsOfRegex(String(value)));
        break;
      case 'all':
        for (const child of value as SyntaxRule[]) parts.push(neededBy(child, utils));
        break;
      case 'any':
        parts.push(anyOf((value as SyntaxRule[]).map((child) => neededBy(child, utils))));
        break;
      case 'has':
      case 'inside':
      case 'precedes':
      case 'follows':
        parts.push(neededBy(withoutStop(value as SyntaxRule), utils));
        break;
      case 'matches': {
        const util = typeof value === 'string' ? utils[value] : undefined;
        if (util !== undefined) parts.push(neededBy(util, { ...utils, [value as string]: {} }));
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

/** Whether a file with these words can match. */
export function isSatisfied(needed: Needed, words: ReadonlySet<string>): boolean {
  if (needed === 'nothing') return true;
  if ('word' in needed) return words.has(needed.word);
  return 'all' in needed
    ? needed.all.every((n) => isSatisfied(n, words))
    : needed.any.some((n) => isSatisfied(n, words));
}

/** The words of a file, in the sense that patterns need them. */
export function wordsOf(text: string): Set<string> {
  return new Set(text.match(/[A-Za-z_]\w*/g));
}

function withoutStop(rule: SyntaxRule): SyntaxRule {
  const { stopBy: _stop, field: _field, ...rest } = rule;
  return rest;
}

function wordsOfPattern(pattern: string): Needed {
  const plain = pattern.replace(/\$+[A-Z_][A-Z0-9_]*|\$\$\$/g, ' ');
  return allOf([...wordsOf(plain)].filter((w) => w !== 'func' && w !== '_').map((word) => ({ word })));
}

/** Only `^word$` and `^(a|b)$` are read; any other expression needs nothing. */
function wordsOfRegex(regex: string): Needed {
  const plain = /^\^(?:\((?:\?:)?)?([A-Za-z_]\w*(?:\|[A-Za-z_]\w*)*)\)?\$$/.exec(regex)?.[1];
  if (plain === undefined || (plain.includes('|') && !/^\^\(/.test(regex))) return 'nothing';
  return anyOf(plain.split('|').map((word) => ({ word })));
}
