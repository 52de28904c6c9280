import type { Family } from '../evidence.ts';
import type { Grammar } from '../flow/shape.ts';
import { goGrammar } from './go.ts';
import { javaGrammar } from './java.ts';
import { pythonGrammar } from './python.ts';
import { typescriptGrammar } from './typescript.ts';

export const grammars: Readonly<Record<Family, Grammar>> = {
  typescript: typescriptGrammar,
  python: pythonGrammar,
  go: goGrammar,
  java: javaGrammar,
};

/** The parser's name for each extension. JavaScript is read as TSX: one grammar, one set of node kinds. */
const parsers: Readonly<Record<string, { family: Family; parser: string }>> = {
  '.ts': { family: 'typescript', parser: 'TypeScript' },
  '.mts': { family: 'typescript', parser: 'TypeScript' },
  '.cts': { family: 'typescript', parser: 'TypeScript' },
  '.tsx': { family: 'typescript', parser: 'Tsx' },
  '.js': { family: 'typescript', parser: 'Tsx' },
  '.jsx': { family: 'typescript', parser: 'Tsx' },
  '.mjs': { family: 'typescript', parser: 'Tsx' },
  '.cjs': { family: 'typescript', parser: 'Tsx' },
  '.py': { family: 'python', parser: 'python' },
  '.pyi': { family: 'python', parser: 'python' },
  '.pyw': { family: 'python', parser: 'python' },
  '.go': { family: 'go', parser: 'go' },
  '.java': { family: 'java', parser: 'java' },
};

/** The file's extension in lower case with its dot, or its name when it has none. */
export function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? name : name.slice(dot).toLowerCase();
}

/** The family and parser of a file, or `undefined` when no rule pack can cover it. */
export function familyOf(path: string): { family: Family; parser: string } | undefined {
  return parsers[extensionOf(path)];
}

/** The parser for a snippet of a family, where there is no file name to go by. */
export const snippetParser: Readonly<Record<Family, string>> = {
  typescript: 'Tsx',
  python: 'python',
  go: 'go',
  java: 'java',
};
