/**
 * How long a server asks to wait, in milliseconds, from `retry-after-ms` or `Retry-After` (seconds or an HTTP date).
 * A date in the past is 0. Returns `undefined` when it did not say, or said what nobody understands.
 * Source: RFC 9110, 10.2.3.
 */
export function readRetryAfter(
  headers: Record<string, string | string[] | undefined>,
  nowMs: number,
): number | undefined {
  const exact = nonNegative(single(headers['retry-after-ms']));
  if (exact !== undefined) return exact;
  const text = single(headers['retry-after']);
  if (text === undefined) return undefined;
  const seconds = nonNegative(text);
  if (seconds !== undefined) return seconds * 1000;
  const at = /[A-Za-z]/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}

function single(value: string | string[] | undefined): string | undefined {
  return (Array.isArray(value) ? value[0] : value)?.trim();
}

function nonNegative(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}
