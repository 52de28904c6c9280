import { visible, visibleName } from '../../../kernel/index.ts';

/** Fields that hold names of files, or a line with such names in it: a line break there is none of ours. */
const ofNames = new Set(['file', 'files', 'path', 'paths', 'folder', 'scope', 'notes']);

/** `visible` for every text in a value, however deep; `visibleName` for what names a file. */
export function visibleData<T>(value: T): T {
  return shown(value, false) as T;
}

function shown(value: unknown, isName: boolean): unknown {
  if (typeof value === 'string') return isName ? visibleName(value) : visible(value);
  if (Array.isArray(value)) return value.map((item: unknown) => shown(item, isName));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shown(item, ofNames.has(key))]));
}
