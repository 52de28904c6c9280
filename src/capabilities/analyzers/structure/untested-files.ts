import type { Evidence } from '../evidence.ts';
import type { FileFacts } from './file-facts.ts';
import { importResolver } from './resolve-imports.ts';
import { structureEvidence } from './structure-evidence.ts';

/** Lines of code from which a file without a test is worth saying. */
const minCodeLines = 40;
/** More of them than this are one finding: nobody reads a list of hundreds of files. */
const maxNamed = 10;
/** Folders whose code is shown, run by hand, or made by a tool. */
const notProduct =
  /(?:^|\/)(?:examples?|samples?|demo|docs?|scripts?|bin|bench(?:marks?)?|dist|build|out|vendor|third_party|static|public|migrations|generated)\//i;
const entryPoint =
  /(?:^|\/)(?:index|main|__init__|__main__|setup|conf|config|types?|constants?|migrations?|doc)\b[^/]*$|\.d\.[cm]?ts$|\.config\.\w+$/i;

/** Whether a file is of the program itself, by its folder. */
export const isProduct = (file: string) => !notProduct.test(file);

/**
 * Source files that no test imports or is named after. Silent for a project without any test among the files: that is
 * one thing to say (`no-tests`), not one for each file. Many are one finding, at the largest of them.
 */
export function untestedEvidence(facts: ReadonlyMap<string, FileFacts>): Evidence[] {
  const tests = [...facts].filter(([, f]) => f.isTest);
  if (tests.length === 0) return [];
  const resolve = importResolver(new Set(facts.keys()));
  const imported = new Set(tests.flatMap(([file, own]) => [...resolve(file, own).keys()]));
  const named = new Set(tests.map(([file]) => subjectOf(file)));
  const testedGoFolders = new Set(tests.filter(([f]) => f.endsWith('.go')).map(([f]) => folderOf(f)));
  const product = [...facts].filter(
    ([file, f]) => !f.isTest && f.codeLines >= minCodeLines && !entryPoint.test(file) && isProduct(file),
  );
  const untested = product
    .filter(([file]) => !imported.has(file) && !named.has(subjectOf(file)))
    .filter(([file]) => !(file.endsWith('.go') && testedGoFolders.has(folderOf(file))))
    .sort(([, a], [, b]) => b.codeLines - a.codeLines);
  const others = untested.length > maxNamed ? untested.length - 1 : 0;
  const ofAll = others === 0 ? '' : `; ${untested.length} of ${product.length} files are named by no test`;
  return (others === 0 ? untested : untested.slice(0, 1)).map(([file, { codeLines }]) =>
    structureEvidence('untested-file', { file, line: 1, quote: '' }, `${codeLines} lines of code${ofAll}`),
  );
}

/** The name a test and its subject share: `src/pay.test.ts`, `test_pay.py`, `PayTest.java` are about `pay`. */
function subjectOf(file: string): string {
  return file
    .slice(file.lastIndexOf('/') + 1)
    .replace(/\.[^.]+$/, '')
    .replace(/\.(?:test|spec)$|_test$|^test_|(?:Test|Tests|IT)$/g, '')
    .toLowerCase();
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1);
}
