import { posix } from 'node:path';
import type { Family } from '../evidence.ts';
import type { FileFacts } from './file-facts.ts';

const scriptEndings = [
  '',
  '.ts',
  '.tsx',
  '.mts',
  '.js',
  '.jsx',
  '.mjs',
  '.cjs',
  '/index.ts',
  '/index.tsx',
  '/index.js',
];

/** Resolves a file's imports to other files of the same set; what is not among them is left out. */
export function importResolver(
  files: ReadonlySet<string>,
): (from: string, facts: FileFacts) => Map<string, number> {
  const javaByClass = classIndex(files);
  return (from, { family, imports }) => {
    const targets = new Map<string, number>();
    for (const [at, { specifier }] of imports.entries()) {
      const target = resolve(specifier, from, family, files, javaByClass);
      if (target !== undefined && target !== from && !targets.has(target)) targets.set(target, at);
    }
    return targets;
  };
}

function resolve(
  specifier: string,
  from: string,
  family: Family,
  files: ReadonlySet<string>,
  javaByClass: ReadonlyMap<string, string>,
): string | undefined {
  switch (family) {
    case 'typescript':
      return specifier.startsWith('.')
        ? resolveScript(posix.join(posix.dirname(from), specifier), files)
        : undefined;
    case 'python':
      return resolveModule(specifier, from, files);
    case 'java':
      return javaByClass.get(specifier.replaceAll('.', '/'));
    case 'go':
      return undefined;
  }
}

function resolveScript(path: string, files: ReadonlySet<string>): string | undefined {
  const sourceOfCompiled = path.replace(/\.(m|c)?js(x?)$/, '.$1ts$2');
  return [...scriptEndings.map((ending) => path + ending), sourceOfCompiled].find((p) => files.has(p));
}

function resolveModule(specifier: string, from: string, files: ReadonlySet<string>): string | undefined {
  const dots = /^\.*/.exec(specifier)![0].length;
  const path = specifier.slice(dots).replaceAll('.', '/');
  if (dots > 0) {
    const base = posix.join(posix.dirname(from), ...Array<string>(dots - 1).fill('..'));
    return moduleFile(posix.join(base, path), files);
  }
  for (let folder = posix.dirname(from); ; folder = posix.dirname(folder)) {
    const found = moduleFile(posix.join(folder, path), files);
    if (found !== undefined || folder === '.') return found;
  }
}

function moduleFile(path: string, files: ReadonlySet<string>): string | undefined {
  return files.has(`${path}.py`) ? `${path}.py` : undefined;
}

/** Java files by their path below the source root, as imports name them: every tail of each path. */
function classIndex(files: ReadonlySet<string>): Map<string, string> {
  const index = new Map<string, string>();
  for (const file of files) {
    if (!file.endsWith('.java')) continue;
    const segments = file.slice(0, -'.java'.length).split('/');
    for (let at = 0; at < segments.length - 1; at++) index.set(segments.slice(at).join('/'), file);
  }
  return index;
}
