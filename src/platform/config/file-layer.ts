import type { Document, LineCounter, Node, YAMLMap } from 'yaml';
import { configErrors } from './errors.ts';
import { addEntry, emptyLayer, unknownKey, type Fault, type Layer } from './layer.ts';
import { settingKeys, toCamelCase } from './setting-keys.ts';

/** What the walk needs of the library, which is loaded only when there is a file to read. */
interface Parsed {
  document: Document;
  isMap: (node: unknown) => node is YAMLMap;
  lineAt: (node: unknown) => number;
  file: string;
}

/**
 * Settings of a YAML file. Unknown keys are problems of the layer; a value of the wrong kind, and a file that is no YAML, are
 * its faults (`config.invalid`, `config.unreadable`), each with its line. `shownName` names the file in messages.
 */
export async function fileLayer(text: string, shownName: string): Promise<Layer> {
  const { LineCounter: Counter, isMap, isScalar, parseDocument } = await import('yaml');
  const lines: LineCounter = new Counter();
  // Without the excerpts that the library adds by default: a file in the wrong place may hold anything.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problem = document.errors[0];
  if (problem !== undefined) {
    const place = `${shownName}:${lines.linePos(problem.pos[0]).line}`;
    return {
      ...emptyLayer(),
      faults: [unreadable(place, yamlReasons[problem.code] ?? 'it is not valid YAML')],
    };
  }
  const layer = emptyLayer();
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null))
    return layer;
  const lineAt = (node: unknown) => lines.linePos((node as Node | null)?.range?.[0] ?? 0).line;
  readGroup({ document, isMap, lineAt, file: shownName }, document.contents, [], layer);
  return layer;
}

const yamlReasons: Partial<Record<string, string>> = {
  DUPLICATE_KEY: 'a key is given twice',
  TAB_AS_INDENT: 'tabs cannot indent; use spaces',
  BAD_INDENT: 'the indentation does not fit',
  MISSING_CHAR: 'a character is missing, such as a closing quote or bracket',
};

function readGroup(parsed: Parsed, node: unknown, path: readonly string[], layer: Layer): void {
  if (!parsed.isMap(node)) {
    const place = `${parsed.file}:${parsed.lineAt(node)}`;
    const key = path.join('.') || 'the file';
    const reason = 'expected named settings, indented below it';
    layer.faults.push({ place, error: configErrors.make('config.invalid', { place, key, reason }) });
    return;
  }
  for (const pair of node.items) {
    const place = `${parsed.file}:${parsed.lineAt(pair.key)}`;
    const names = [...path, String(pair.key)];
    const setting = settingKeys.get(toCamelCase(names.join('.')));
    if (setting !== undefined) {
      if (isEmpty(pair.value)) continue;
      const plain = plainValue(parsed, pair.value);
      if (plain === undefined)
        layer.faults.push(unreadable(place, 'its aliases do not resolve, or are too many'));
      else addEntry(layer, setting, plain.value, place);
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

/** `undefined` when its aliases do not resolve, or are too many. */
function plainValue({ document }: Parsed, node: unknown): { value: unknown } | undefined {
  try {
    return { value: (node as Node).toJS(document, { maxAliasCount: 20 }) as unknown };
  } catch {
    return undefined;
  }
}

function unreadable(place: string, reason: string): Fault {
  return { place, error: configErrors.make('config.unreadable', { place, reason }) };
}
