import { isAppError } from '../../kernel/index.ts';
import { isSecretName, redactedValue, redactText } from './redact.ts';

const maxDepth = 6;
const maxItems = 100;
const maxTextLength = 8_000;

/**
 * A value as JSON can hold it, secrets masked, and every cut marked. Never throws: not for cycles, nor for getters that do.
 */
export function plainValue(value: unknown, known: readonly string[], depth = 0): unknown {
  try {
    return convert(value, known, depth);
  } catch {
    return '[unreadable]';
  }
}

function convert(value: unknown, known: readonly string[], depth: number): unknown {
  if (typeof value === 'string') return redactText(cut(value), known);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'boolean' || value === null || value === undefined) return value;
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object') return `[${typeof value}]`;
  if (depth >= maxDepth) return '[too deep]';
  if (value instanceof Error) return errorFields(value, known, depth);
  if (value instanceof Date) return value.toISOString();
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) {
    const items = value.slice(0, maxItems).map((item) => plainValue(item, known, depth + 1));
    return value.length > maxItems ? [...items, `[${value.length - maxItems} more]`] : items;
  }
  const entries = Object.entries(value);
  const kept = entries.slice(0, maxItems).map(([name, inner]) => {
    const masked = isSecretName(name) && inner !== undefined && inner !== null && typeof inner !== 'number';
    return [redactText(name, known), masked ? redactedValue : plainValue(inner, known, depth + 1)];
  });
  if (entries.length > maxItems) kept.push(['…', `[${entries.length - maxItems} more]`]);
  return Object.fromEntries(kept) as Record<string, unknown>;
}

function errorFields(error: Error, known: readonly string[], depth: number): Record<string, unknown> {
  const own = isAppError(error)
    ? { code: error.code, message: error.message, details: error.details }
    : { name: error.name, message: error.message, stack: error.stack };
  const cause = error.cause === undefined ? {} : { cause: error.cause };
  return convert({ ...own, ...cause }, known, depth) as Record<string, unknown>;
}

function cut(text: string): string {
  return text.length <= maxTextLength
    ? text
    : `${text.slice(0, maxTextLength)}… [${text.length - maxTextLength} more characters]`;
}
