import { join } from 'node:path';
import ts from 'typescript';
import type { Check, Violation } from '../check.ts';
import { importsOf } from '../imports.ts';
import { isTestCode, lineAt, onDisk, type SourceTree } from '../source-tree.ts';

const contractFile = /^src\/(?:kernel|capabilities\/[^/]+)\/contract\/.+\.ts$/;
const contractDoor = /^src\/(?:kernel|capabilities\/[^/]+)\/contract\/index\.ts$/;
const partOf = (path: string) => path.slice(0, path.indexOf('/contract/'));

/** The web app imports contracts: they use `zod`, each other, and nothing that a browser lacks. */
export const contractBrowserSafe: Check = {
  id: 'contract-browser-safe',
  async find(tree) {
    const contracts = [...tree.files.keys()].filter((path) => contractFile.test(path) && !isTestCode(path));
    const imports = importsOf(tree).filter(({ from }) => contracts.includes(from));
    const foreign: Violation[] = imports
      .filter(({ from, specifier, to }) => {
        if (to === undefined) return specifier !== 'zod';
        return !contractDoor.test(to) && !(contractFile.test(to) && partOf(to) === partOf(from));
      })
      .map(({ from, line, specifier }) => ({
        file: from,
        line,
        message: `Imports ${specifier}; a contract imports zod, its own files and other contracts only.`,
      }));
    const typed = await onDisk(tree, (root) => Promise.resolve(compileForBrowser(tree, root, contracts)));
    const seen = new Set(foreign.map(({ file, line }) => `${file}:${line}`));
    return [...foreign, ...typed.filter(({ file, line }) => !seen.has(`${file}:${line}`))];
  },
};

function compileForBrowser(tree: SourceTree, root: string, contracts: readonly string[]): Violation[] {
  const program = ts.createProgram(
    contracts.map((path) => join(root, path)),
    {
      target: ts.ScriptTarget.ES2024,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      lib: ['lib.es2024.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      allowImportingTsExtensions: true,
      skipLibCheck: true,
      noEmit: true,
    },
  );
  return contracts.flatMap((path) => {
    const source = program.getSourceFile(join(root, path));
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      (problem) => ({
        file: path,
        line: lineAt(tree.files.get(path)!, problem.start ?? 0),
        message: `A browser cannot compile it: ${ts.flattenDiagnosticMessageText(problem.messageText, ' ')}`,
      }),
    );
  });
}
