import { posix } from 'node:path';
import ts from 'typescript';
import type { Check, Violation } from '../check.ts';
import type { SourceTree } from '../source-tree.ts';

const sources = new WeakMap<SourceTree, Map<string, ts.SourceFile>>();

function sourceOf(tree: SourceTree, path: string): ts.SourceFile | undefined {
  const text = tree.files.get(path);
  if (text === undefined) return undefined;
  const parsed = sources.get(tree) ?? new Map<string, ts.SourceFile>();
  sources.set(tree, parsed);
  const source = parsed.get(path) ?? ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  parsed.set(path, source);
  return source;
}

/**
 * What an `index.ts` exports has a docstring where it is declared. What carries its words elsewhere needs
 * none: error catalogues, schemas and types inferred from them, operations, and interfaces of documented members.
 */
export const doorsDocumented: Check = {
  id: 'doors-documented',
  find(tree) {
    return [...tree.files.keys()]
      .filter((path) => /^src\/.*\/index\.ts$/.test(path))
      .flatMap((door) => {
        const source = sourceOf(tree, door)!;
        return source.statements.flatMap((statement) => bareExports(tree, door, source, statement));
      });
  },
};

function bareExports(
  tree: SourceTree,
  door: string,
  source: ts.SourceFile,
  statement: ts.Statement,
): Violation[] {
  const report = (node: ts.Node, name: string): Violation => ({
    file: door,
    line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1,
    message: `${name} is exported without a docstring: say what callers may rely on, units, ranges and errors.`,
  });
  if (ts.isExportDeclaration(statement)) {
    const module = statement.moduleSpecifier;
    if (module === undefined || !ts.isStringLiteral(module) || !module.text.startsWith('.')) return [];
    const target = posix.join(posix.dirname(door), module.text);
    if (statement.exportClause === undefined || ts.isNamespaceExport(statement.exportClause)) return [];
    return statement.exportClause.elements
      .filter((element) => isBare(tree, target, (element.propertyName ?? element.name).text))
      .map((element) => report(element, element.name.text));
  }
  return declaredNames(statement)
    .filter((name) => isBare(tree, door, name))
    .map((name) => report(statement, name));
}

/** Names that a statement declares and exports. */
function declaredNames(statement: ts.Statement): string[] {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  if (!modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations
      .map(({ name }) => name)
      .filter(ts.isIdentifier)
      .map(({ text }) => text);
  }
  const { name } = statement as ts.Statement & { name?: ts.Identifier };
  return name === undefined ? [] : [name.text];
}

function isBare(tree: SourceTree, path: string, name: string): boolean {
  const source = sourceOf(tree, path);
  if (source === undefined) return false;
  const declarations = source.statements.filter((statement) => declaredNames(statement).includes(name));
  if (declarations.length > 0)
    return !declarations.some((statement) => hasDocstring(statement) || needsNone(statement, name));
  for (const statement of source.statements) {
    if (!ts.isExportDeclaration(statement) || statement.exportClause === undefined) continue;
    if (!ts.isNamedExports(statement.exportClause) || statement.moduleSpecifier === undefined) continue;
    const element = statement.exportClause.elements.find((one) => one.name.text === name);
    if (element === undefined || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    return isBare(
      tree,
      posix.join(posix.dirname(path), statement.moduleSpecifier.text),
      (element.propertyName ?? element.name).text,
    );
  }
  return false;
}

function hasDocstring(node: ts.Node): boolean {
  return ts.getJSDocCommentsAndTags(node).length > 0;
}

/** What carries its words elsewhere: each entry, field or member has them, or the value has a summary. */
function needsNone(statement: ts.Statement, name: string): boolean {
  if (ts.isTypeAliasDeclaration(statement))
    return /^z\s*\.\s*(infer|input|output)\b/.test(statement.type.getText());
  if (ts.isInterfaceDeclaration(statement)) return statement.members.every((member) => hasDocstring(member));
  if (!ts.isVariableStatement(statement)) return false;
  const value = statement.declarationList.declarations.find(
    (one) => one.name.getText() === name,
  )?.initializer;
  if (value === undefined || !ts.isCallExpression(value)) return false;
  // In a contract what a call makes is a schema; elsewhere it is a catalogue, a schema or an operation, or needs words.
  const isSchemaFile = statement.getSourceFile().fileName.includes('/contract/');
  return (
    isSchemaFile ||
    /^(defineErrors\b|z\s*\.)|^\w+(<[^>]*>\(\))?\(\{\s*name: '[a-z_.]+',\s*summary:/.test(value.getText())
  );
}
