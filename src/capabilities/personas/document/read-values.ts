import { frontMatterSchema, type FrontMatterValues } from './front-matter-schema.ts';

/** Takes a complaint about the key, or list item, at this path. */
export type ReportProblem = (
  keyPath: readonly PropertyKey[],
  severity: 'error' | 'warning',
  message: string,
) => void;

/** Checks the types of the keys Troupe reads; reports each that is wrong and then returns nothing. */
export function readValues(
  data: Readonly<Record<string, unknown>>,
  report: ReportProblem,
): FrontMatterValues | undefined {
  const set = withoutNulls(data);
  const parsed = frontMatterSchema.safeParse(set);
  for (const issue of parsed.error?.issues ?? []) {
    const key = issue.path.map(String).join('.');
    report(
      issue.path,
      'error',
      `"${key}" must be ${issue.message}, but is ${shown(valueAt(set, issue.path))}`,
    );
  }
  return parsed.data;
}

/** `key:` with nothing behind it is the same as no key. */
function withoutNulls(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(data)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => [
        key,
        key === 'persona' && typeof value === 'object' && !Array.isArray(value)
          ? withoutNulls(value as Record<string, unknown>)
          : value,
      ]),
  );
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    data,
  );
}

function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  return json.length <= 60 ? json : `${json.slice(0, 57)}…`;
}
