/**
 * Adds the codes of all error catalogues that are not yet in the released list: `npm run error-codes`. Never removes
 * or changes a line; a code that is gone or has another category stays a violation of the check `error-codes`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogueEntries, releasedCodesFile } from '../test/architecture/checks/error-codes.ts';
import { readRepository } from '../test/architecture/source-tree.ts';

const tree = readRepository();
const released = (tree.files.get(releasedCodesFile) ?? '').split('\n').filter((line) => line !== '');
const known = new Set(released.map((line) => line.split(' ')[0]));
const added = catalogueEntries(tree)
  .filter(({ code }) => !known.has(code))
  .map(({ code, category }) => `${code} ${category}`);
writeFileSync(
  join(import.meta.dirname, '..', releasedCodesFile),
  [...released, ...added].sort().join('\n') + '\n',
);
console.log(added.length === 0 ? 'Every code is in the list.' : `Added:\n${added.join('\n')}`);
