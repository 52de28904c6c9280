import type { z } from 'zod';
import { kindOf } from './text-value.ts';
import type { SettingKey } from './setting-keys.ts';

/** Why a setting's schema refuses a value, with the value where it can be no secret in the wrong place. */
export function whyRefused(
  { schema, secret }: SettingKey,
  value: unknown,
  issues: readonly z.core.$ZodIssue[],
): string {
  const allowed = kindOf(schema) === 'number' ? numbersOf(schema) : undefined;
  const given = secret ? 'it' : shown(value);
  return allowed === undefined
    ? `${issues.map(issueText).join('; ')}${given === 'it' ? '' : ` (${given})`}`
    : `${given} is no ${allowed}`;
}

/** Numbers, and words without a digit or a sign as nobody has for a key; of anything else what it is. */
function shown(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string')
    return /^[a-z]{1,12}$/i.test(value) ? `"${value}"` : `a text of ${value.length} characters`;
  return 'it';
}

/** `whole number from 0 to 64`. */
function numbersOf(schema: z.ZodType): string {
  const { minValue, maxValue, format } = innermost(schema) as z.ZodNumber;
  const kind = format === 'safeint' ? 'whole number' : 'number';
  const isBound = (bound: number | null): bound is number =>
    bound !== null && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
  if (isBound(minValue) && isBound(maxValue)) return `${kind} from ${minValue} to ${maxValue}`;
  if (isBound(minValue)) return `${kind} of at least ${minValue}`;
  return isBound(maxValue) ? `${kind} of at most ${maxValue}` : kind;
}

function innermost(schema: z.ZodType): z.ZodType {
  const { innerType } = schema.def as { innerType?: z.ZodType };
  return innerType === undefined ? schema : innermost(innerType);
}

function issueText(issue: z.core.$ZodIssue): string {
  const message = issue.message.replace(/^Invalid input: /, '');
  return issue.path.length === 0 ? message : `${issue.path.join('.')}: ${message}`;
}
