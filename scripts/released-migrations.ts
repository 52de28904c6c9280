/**
 * Adds the migrations that are not yet in the released list to its end: `npm run released-migrations`. Never removes or
 * changes a line; a migration that is gone or has other statements stays a violation of the check `released-migrations`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  hashOfStatements,
  migrationsOf,
  releasedList,
  releasedMigrationsFile,
} from '../test/architecture/checks/released-migrations.ts';
import { readRepository } from '../test/architecture/source-tree.ts';

const root = join(import.meta.dirname, '..');
const released = releasedList(readRepository());
const known = new Set(released.map(({ id }) => id));
const added = (await migrationsOf(root))
  .filter(({ id }) => !known.has(id))
  .map((migration) => ({ id: migration.id, hash: hashOfStatements(migration) }));
const lines = [...released, ...added].map(({ id, hash }) => `${id} ${hash}\n`);
writeFileSync(join(root, releasedMigrationsFile), lines.join(''));
console.log(
  added.length === 0 ? 'Every migration is in the list.' : `Added:\n${added.map(({ id }) => id).join('\n')}`,
);
