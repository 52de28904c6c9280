import { visible } from '../../../kernel/index.ts';

/** `visible` for every text in a value, however deep. */
export function visibleData<T>(value: T): T {
  if (typeof value === 'string') return visible(value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => visibleData(item)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, visibleData(item as unknown)]),
  ) as T;
}
