import { counted } from '../../../kernel/index.ts';
import type { Evidence } from '../evidence.ts';
import { isTestFile } from '../rules/test-files.ts';
import type { FileFacts } from './file-facts.ts';
import { isManifest } from './manifests.ts';
import { structureEvidence } from './structure-evidence.ts';
import { isProduct } from './untested-files.ts';

/** Lines of code from which a project should have a test. */
const minCodeLines = 40;

/**
 * One finding for a project with code and without any test, at its manifest, else at its largest file. `files` are all
 * that were to be analysed, `otherFiles` what the project has beside them.
 */
export function noTestsEvidence(
  facts: ReadonlyMap<string, FileFacts>,
  files: readonly string[],
  otherFiles: readonly string[] = [],
): Evidence[] {
  if ([...facts.values()].some(({ isTest }) => isTest)) return [];
  if ([...files, ...otherFiles].some((file) => isTestFile(file, ''))) return [];
  const product = [...facts]
    .filter(([file]) => isProduct(file))
    .sort(([, a], [, b]) => b.codeLines - a.codeLines);
  const lines = product.reduce((sum, [, { codeLines }]) => sum + codeLines, 0);
  const [largest] = product;
  if (largest === undefined || lines < minCodeLines) return [];
  const [manifest] = files.filter(isManifest).toSorted((a, b) => depthOf(a) - depthOf(b));
  const figures = `${counted(product.length, 'file')}, ${lines.toLocaleString('en')} lines of code`;
  return [structureEvidence('no-tests', { file: manifest ?? largest[0], line: 1, quote: '' }, figures)];
}

const depthOf = (file: string) => file.split('/').length;
