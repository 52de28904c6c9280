import ts from 'typescript';
import type { Check, Violation } from '../check.ts';
import { isTestCode, lineAt, typescriptFiles, type SourceTree } from '../source-tree.ts';

/** Each line `code category`. A code that stands here keeps its meaning; adding one is a deliberate act. */
export const releasedCodesFile = 'test/architecture/released-error-codes.txt';

export interface CatalogueEntry {
  code: string;
  category: string;
  hasRemedy: boolean;
  file: string;
  line: number;
}

/** Error codes come from catalogues, each once, with category and remedy; released ones stay. */
export const errorCodes: Check = {
  id: 'error-codes',
  find(tree) {
    const entries = catalogueEntries(tree);
    return [
      ...flawsOf(entries),
      ...driftFrom(tree, entries),
      ...unknownCodes(tree, new Set(entries.map(({ code }) => code))),
    ];
  },
};

/** Every `'code': { category, message, remedy }` in the tree's sources, spread into a catalogue or written in it. */
export function catalogueEntries(tree: SourceTree): CatalogueEntry[] {
  return typescriptFiles(tree)
    .filter(([path, text]) => !isTestCode(path) && /\bcategory: '/.test(text))
    .flatMap(([file, text]) => {
      const entries: CatalogueEntry[] = [];
      walk(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true), (node) => {
        if (!ts.isPropertyAssignment(node) || !ts.isStringLiteral(node.name)) return;
        const fields = fieldsOf(node.initializer);
        if (!fields.has('category') || !fields.has('message')) return;
        entries.push({
          code: node.name.text,
          category: /^['"](.+)['"]$/.exec(fields.get('category') ?? '')?.[1] ?? '',
          hasRemedy: !/^(''|""|``)?$/.test(fields.get('remedy') ?? ''),
          file,
          line: lineAt(text, node.getStart()),
        });
      });
      return entries;
    });
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  node.forEachChild((child) => {
    walk(child, visit);
  });
}

function fieldsOf(node: ts.Expression): Map<string, string> {
  if (!ts.isObjectLiteralExpression(node)) return new Map();
  const named = node.properties.filter((property) => property.name !== undefined);
  return new Map(
    named.map((property) => [
      property.name!.getText(),
      ts.isPropertyAssignment(property) ? property.initializer.getText() : property.getText(),
    ]),
  );
}

function flawsOf(entries: readonly CatalogueEntry[]): Violation[] {
  const seen = new Map<string, CatalogueEntry>();
  return entries.flatMap((entry) => {
    const { code, category, hasRemedy, file, line } = entry;
    const earlier = seen.get(code);
    seen.set(code, entry);
    const flaws = [];
    if (!/^[a-z][a-z_]*(\.[a-z][a-z_]*)+$/.test(code)) flaws.push(`${code}: write capability.what_happened.`);
    if (category === '') flaws.push(`${code} has no category.`);
    if (!hasRemedy) flaws.push(`${code} has no remedy; say what the person does next.`);
    if (earlier !== undefined) flaws.push(`${code} is also in ${earlier.file}; one code, one meaning.`);
    return flaws.map((message) => ({ file, line, message }));
  });
}

function driftFrom(tree: SourceTree, entries: readonly CatalogueEntry[]): Violation[] {
  const released = (tree.files.get(releasedCodesFile) ?? '').split('\n').map((line) => line.split(' '));
  const listed = new Map(released.map(([code, category]) => [code!, category]));
  const current = new Map(entries.map(({ code, category }) => [code, category]));
  const gone = released.flatMap(([code, category], index) => {
    if (code === '' || code!.startsWith('#') || current.get(code!) === category) return [];
    const now = current.get(code!);
    const message =
      now === undefined
        ? `${code!} was released and is gone; callers rely on it.`
        : `${code!} was released as ${category!} and is now ${now}.`;
    return [{ file: releasedCodesFile, line: index + 1, message }];
  });
  const fresh = entries
    .filter(({ code }) => !listed.has(code))
    .map(({ code, category, file, line }) => ({
      file,
      line,
      message: `New code: add the line "${code} ${category}" to ${releasedCodesFile}.`,
    }));
  return [...gone, ...fresh];
}

/** Codes that an operation promises or a caller asks for must be some catalogue's. */
function unknownCodes(tree: SourceTree, known: ReadonlySet<string>): Violation[] {
  return typescriptFiles(tree)
    .filter(([path]) => !isTestCode(path))
    .flatMap(([file, text]) => {
      const lists = [...text.matchAll(/\berrors: \[([^\]]*)\]/g)];
      const questions = [...text.matchAll(/\bisAppError\([^,()]+,\s*('[^']+')/g)];
      return [...lists, ...questions].flatMap((match) =>
        [...match[1]!.matchAll(/'([a-z_]+\.[a-z_.]+)'/g)]
          .filter(([, code]) => !known.has(code!))
          .map((code) => ({
            file,
            line: lineAt(text, match.index + match[0].indexOf(code[0])),
            message: `${code[1]!} is in no catalogue.`,
          })),
      );
    });
}
