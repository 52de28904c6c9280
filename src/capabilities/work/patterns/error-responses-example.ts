import type { UsualShape } from './error-responses-checks.ts';
import type { FlaggedPlace } from './repeated-pattern.ts';

/** How a project answers: the call that answers a failure, with `status` and `body` in it, and what it is called on. */
interface Way {
  call(body: string): string;
  /** The parameter that the call needs; none where it answers by itself. */
  on: string | undefined;
}

const scripts = /\.[cm]?[jt]sx?$/;

/**
 * One function that answers failures in the usual shape, by the call that the cited places make most often. Where they
 * make none that can be told, only the body: a helper of another framework would be no example.
 */
export function errorResponsesExample(places: readonly FlaggedPlace[], usual: UsualShape): string {
  const ways = places
    .filter(({ file }) => scripts.test(file))
    .flatMap(({ quote }) => wayOf(quote) ?? [])
    .map((way) => ({ ...way, answer: way.call(bodyOf(usual)) }));
  const [most] = [...Map.groupBy(ways, ({ answer }) => answer).values()].toSorted(
    (a, b) => b.length - a.length,
  );
  const way = most?.[0];
  if (way === undefined)
    return ['Every failure has this body:', '', '```json', jsonOf(usual), '```'].join('\n');
  const first = way.on === undefined ? '' : `${way.on}, `;
  return [
    'One function answers, in the way this project answers already, and every handler uses it:',
    '',
    '```js',
    `export function fail(${first}status, message) {`,
    `  return ${way.answer};`,
    '}',
    '',
    `if (order === undefined) return fail(${first}404, 'no such order');`,
    '```',
  ].join('\n');
}

/** How a quoted answer is made: `res.status(404).json(…)`, `json(res, 404, …)`, `c.json(…, 404)`, `answer(404, …)`. */
function wayOf(quote: string): Way | undefined {
  const chained = /^(?:return |await )*(\w+)\.(status|code)\([1-5]\d\d\)\.(json|send)\(/.exec(quote);
  if (chained !== null) {
    const [, on, state, send] = chained;
    return { on, call: (body) => `${on}.${state}(status).${send}(${body})` };
  }
  const given = /^(?:return |await )*(\w+)\((\w+), [1-5]\d\d, /.exec(quote);
  if (given !== null) {
    const [, send, on] = given;
    return { on, call: (body) => `${send}(${on}, status, ${body})` };
  }
  const called = /^(?:return |await )*(?:(\w+)\.)?(\w+)\((?:([1-5]\d\d), |[^()]*, [1-5]\d\d\)$)/.exec(quote);
  if (called === null) return undefined;
  const [, on, send, statusFirst] = called;
  const name = on === undefined ? send : `${on}.${send}`;
  return {
    on,
    call: (body) => `${name}(${statusFirst === undefined ? `${body}, status` : `status, ${body}`})`,
  };
}

const bodyOf = ({ key, holdsObject }: UsualShape) =>
  holdsObject ? `{ ${key}: { message } }` : `{ ${key}: message }`;

function jsonOf({ key, holdsObject }: UsualShape): string {
  const text = 'no such order';
  return JSON.stringify({ [key]: holdsObject ? { code: 'no-order', message: text } : text });
}
