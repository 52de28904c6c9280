import type { Document, LineCounter, Node, YAMLMap } from 'yaml';
import { configErrors } from './errors.ts';
import { checkedEntry, unknownKey, type Layer } from './layer.ts';
import { settingKeys, toCamelCase } from './setting-keys.ts';

/** What the walk needs of the library, which is loaded only when there is a file to read. */
interface Parsed {
  document: Document;
  isMap: (node: unknown) => node is YAMLMap;
  lineAt: (node: unknown) => number;
  file: string;
}

/**
 * Settings of a YAML file. Unknown keys are reported with their line; a value of the wrong kind is an error.
 * `shownName` names the file in messages. Errors: `config.unreadable`, `config.invalid`.
 */
export async function fileLayer(text: string, shownName: string): Promise<Layer> {
  const { LineCounter: Counter, isMap, isScalar, parseDocument } = await import('yaml');
  const lines: LineCounter = new Counter();
  // Without the excerpts that the library adds by default: a file in the wrong place may hold anything.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problem = document.errors[0];
  if (problem !== undefined) {
    const place = `${shownName}:${lines.linePos(problem.pos[0]).line}`;
    throw configErrors.make('config.unreadable', {
      place,
      reason: yamlReasons[problem.code] ?? 'it is not valid YAML',
    });
  }
  const layer: Layer = { entries: [], problems: [] };
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null))
    return layer;
  const lineAt = (node: unknown) => lines.linePos((node as Node | null)?.range?.[0] ?? 0).line;
  readGroup({ document, isMap, lineAt, file: shownName }, document.contents, [], layer);
  return layer;
}

const yamlReasons: Partial<Record<string, string>> = {
  DUPLICATE_KEY: 'a key stands there twice',
  TAB_AS_INDENT: 'tabs cannot indent; use spaces',
  BAD_INDENT: 'the indentation does not fit',
  MISSING_CHAR: 'a character is missing, such as a closing quote or bracket',
};

function readGroup(parsed: Parsed, node: unknown, path: readonly string[], layer: Layer): void {
  if (!parsed.isMap(node)) {
    const place = `${parsed.file}:${parsed.lineAt(node)}`;
    const key = path.join('.') || 'the file';
    throw configErrors.make('config.invalid', {
      place,
      key,
      reason: 'expected named settings, indented below it',
    });
  }
  for (const pair of node.items) {
    const place = `${parsed.file}:${parsed.lineAt(pair.key)}`;
    const names = [...path, String(pair.key)];
    const setting = settingKeys.get(toCamelCase(names.join('.')));
    if (setting !== undefined) {
      if (isEmpty(pair.value)) continue;
      layer.entries.push(checkedEntry(setting, plainValue(parsed, pair.value, place), place));
    } else if (isGroup(names)) {
      if (!isEmpty(pair.value)) readGroup(parsed, pair.value, names, layer);
    } else {
      layer.problems.push(unknownKey(place, names.join('.')));
    }
  }
}

function isGroup(names: readonly string[]): boolean {
  const prefix = `${toCamelCase(names.join('.'))}.`;
  return settingKeys.keys().some((key) => key.startsWith(prefix));
}

const isEmpty = (value: unknown) =>
  value === null || (typeof value === 'object' && 'value' in value && value.value === null);

function plainValue({ document }: Parsed, node: unknown, place: string): unknown {
  try {
    return (node as Node).toJS(document, { maxAliasCount: 20 }) as unknown;
  } catch {
    throw configErrors.make('config.unreadable', {
      place,
      reason: 'its aliases do not resolve, or are too many',
    });
  }
}
