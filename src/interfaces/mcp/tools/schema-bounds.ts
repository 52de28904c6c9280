import type { $ZodChecks } from 'zod/v4/core';

/** What the checks of a text, number or list say that a definition tells. */
export interface Bounds {
  least?: number;
  most?: number;
  format?: string;
  isInteger: boolean;
}

/** Formats by their names in JSON Schema; others are told by their pattern, which zod's converter writes. */
const formats: Record<string, string> = {
  datetime: 'date-time',
  date: 'date',
  uuid: 'uuid',
  url: 'uri',
  email: 'email',
};

/** Folds the checks of a definition; `undefined` when one of them is of a rarer kind. */
export function boundsOf(def: object): Bounds | undefined {
  const { check, checks = [] } = def as { check?: string; checks?: readonly $ZodChecks[] };
  // A schema of its own format (`z.int()`, `z.iso.datetime()`) is its first check.
  const all = [...(check === undefined ? [] : [def]), ...checks.map((each) => each._zod.def)] as CheckFacts[];
  const bounds: Bounds = { isInteger: false };
  for (const facts of all) if (!take(bounds, facts)) return undefined;
  return bounds;
}

interface CheckFacts {
  check: string;
  value?: number;
  inclusive?: boolean;
  minimum?: number;
  maximum?: number;
  format?: string;
}

/** Notes what one check says; false for a kind that is not told here. */
function take(
  bounds: Bounds,
  { check, value, inclusive, minimum, maximum, format = '' }: CheckFacts,
): boolean {
  if (check === 'greater_than' && inclusive === true) return narrow(bounds, value, undefined);
  if (check === 'less_than' && inclusive === true) return narrow(bounds, undefined, value);
  if (check === 'min_length' || check === 'max_length') return narrow(bounds, minimum, maximum);
  if (check === 'number_format') {
    bounds.isInteger = format === 'safeint';
    return bounds.isInteger;
  }
  if (check !== 'string_format' || formats[format] === undefined) return false;
  bounds.format = formats[format];
  return true;
}

function narrow(bounds: Bounds, least: number | undefined, most: number | undefined): true {
  if (least !== undefined) bounds.least = Math.max(least, bounds.least ?? -Infinity);
  if (most !== undefined) bounds.most = Math.min(most, bounds.most ?? Infinity);
  return true;
}
