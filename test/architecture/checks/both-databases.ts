import type { Check, Violation } from '../check.ts';
import type { SourceTree } from '../source-tree.ts';

/** A store's port has one conformance suite, and a test beside it runs that suite on SQLite and on PostgreSQL. */
export const bothDatabases: Check = {
  id: 'both-databases',
  find(tree) {
    return [...tree.files]
      .filter(
        ([path, text]) =>
          /\/store\/(?!sql-)[^/]*-store\.ts$/.test(path) && /export interface \w+Store\b/.test(text),
      )
      .flatMap(([path]) => missingRuns(tree, path));
  },
};

function missingRuns(tree: SourceTree, port: string): Violation[] {
  const suitePath = port.replace(/\.ts$/, '.conformance.ts');
  const suite = /export (?:async )?function (\w+)/.exec(tree.files.get(suitePath) ?? '')?.[1];
  if (suite === undefined) return [{ file: port, line: 1, message: `Its suite ${suitePath} is missing.` }];
  const folder = port.slice(0, port.lastIndexOf('/') + 1);
  const runs = [...tree.files]
    .filter(
      ([path, text]) => path.startsWith(folder) && path.endsWith('.test.ts') && text.includes(`${suite}(`),
    )
    .map(([, text]) => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''))
    .join('\n');
  return ['SQLite', 'PostgreSQL']
    .filter((database) => !new RegExp(database.replace('QL', '(QL)?'), 'i').test(runs))
    .map((database) => ({ file: port, line: 1, message: `No test runs ${suite} on ${database}.` }));
}
