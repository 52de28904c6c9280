import type { OwnCheck, StandardCheckRule } from '../../standards/index.ts';
import type { FlaggedPlace } from './repeated-pattern.ts';

/** How failures are reported in most places: under which key, and whether an object stands there. */
export interface UsualShape {
  key: string;
  holdsObject: boolean;
}

/** Ways to answer: what a quoted call looks like, and the pattern of such calls. */
const ways = [
  { seen: /^[\w.]+\(\w+, [1-5]\d\d, /, pattern: '$SEND($RES, $STATUS, $BODY)' },
  { seen: /^[\w.]+\([1-5]\d\d, /, pattern: '$SEND($STATUS, $BODY)' },
  { seen: /^[\w.]+\([^()]*, [1-5]\d\d\)$/, pattern: '$SEND($BODY, $STATUS)' },
  { seen: /\.status\([1-5]\d\d\)\.\w+\(/, pattern: '$RES.status($STATUS).$SEND($BODY)' },
  { seen: /\.code\([1-5]\d\d\)\.\w+\(/, pattern: '$RES.code($STATUS).$SEND($BODY)' },
] as const;

const keys = ['error', 'errors', 'detail', 'message', 'msg', 'reason'];

const functionKinds = [
  'function_declaration',
  'function_expression',
  'arrow_function',
  'method_definition',
].map((kind) => ({ kind }));
/** A function that answers with JSON somewhere: what serves pages or text throughout may fail with a page. */
const answersJson = { any: functionKinds, regex: '\\bjson\\w*\\s*\\(|\\bJSON\\.stringify\\(' };

/**
 * Rules that tell a departing answer by its own text, so that a diff can be checked without all other files: for the ways
 * of answering that the places show. JavaScript and TypeScript only.
 */
export function errorResponsesChecks(
  places: readonly FlaggedPlace[],
  usual: UsualShape,
): StandardCheckRule[] {
  const quotes = places.filter(({ file }) => /\.[cm]?[jt]sx?$/.test(file)).map(({ quote }) => quote);
  const patterns = ways
    .filter(({ seen }) => quotes.some((quote) => seen.test(quote)))
    .map(({ pattern }) => ({ pattern }));
  const shape = `report every failure under "${usual.key}"${usual.holdsObject ? ', as an object' : ''}`;
  const rules: OwnCheck[] = [];
  if (patterns.length > 0) {
    const failed = { regex: '^[45]\\d\\d$' };
    rules.push(
      own(
        'one-error-shape',
        `Answer in one shape: ${shape}.`,
        { any: patterns },
        {
          STATUS: failed,
          BODY: { kind: 'object', regex: otherShape(usual) },
        },
      ),
      own(
        'no-failure-with-status-200',
        'Answer a failure with a status of 400 or more.',
        { any: patterns },
        {
          STATUS: { regex: '^2\\d\\d$' },
          BODY: { kind: 'object', regex: '\\b(ok|success): *false\\b' },
        },
      ),
    );
  }
  if (quotes.some((quote) => /\.end\(/.test(quote))) {
    const failing = { kind: 'expression_statement', regex: 'writeHead\\([45]\\d\\d|statusCode = [45]\\d\\d' };
    rules.push(
      own(
        'no-failure-as-text',
        `Answer a failure with a JSON body: ${shape}.`,
        {
          all: [
            { pattern: '$RES.end($TEXT)', inside: { kind: 'expression_statement', follows: failing } },
            { inside: { ...answersJson, stopBy: { any: functionKinds } } },
          ],
        },
        { TEXT: { not: { regex: '^JSON\\.stringify' } } },
      ),
    );
  }
  return rules;
}

function own(
  id: string,
  message: string,
  rule: Record<string, unknown>,
  constraints: Record<string, unknown>,
): OwnCheck {
  return { id, language: 'typescript', severity: 'medium', message, rule, constraints };
}

/** A body that begins with another key, or with the usual key and another kind of value. */
function otherShape({ key, holdsObject }: UsualShape): string {
  const others = keys.filter((other) => other !== key).join('|');
  return `^\\{\\s*(${others}|ok|success)\\b|^\\{\\s*${key}: *${holdsObject ? '[^ {]' : '\\{'}`;
}
