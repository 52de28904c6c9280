import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Migration } from '../../../src/platform/database/index.ts';
import type { Check, Violation } from '../check.ts';
import { lineAt, onDisk, typescriptFiles, type SourceTree } from '../source-tree.ts';

/** Each line `id hash`, in the order of release: the first lines are the schema of an older version. */
export const releasedMigrationsFile = 'test/architecture/released-migrations.txt';

const migrationsFile = 'src/app/open-database.ts';

/** Databases have had a released migration: it stays as it was, and a change of the schema is a new one. */
export const releasedMigrations: Check = {
  id: 'released-migrations',
  async find(tree) {
    if (!tree.files.has(migrationsFile)) return [];
    const current = await onDisk(tree, migrationsOf);
    const hashes = new Map(current.map((migration) => [migration.id, hashOfStatements(migration)]));
    const listed = releasedList(tree);
    return [
      ...listed.flatMap(({ id, hash }, index) => drift(id, hash, hashes.get(id), index + 1)),
      ...current.filter(({ id }) => !listed.some((one) => one.id === id)).map(({ id }) => unlisted(tree, id)),
    ];
  },
};

/** The product's migrations, as the tree that lies at `root` has them. */
export async function migrationsOf(root: string): Promise<readonly Migration[]> {
  const module = (await import(pathToFileURL(join(root, migrationsFile)).href)) as Record<string, unknown>;
  return module['migrations'] as readonly Migration[];
}

/** What a migration does on either database, as SHA-256 in hexadecimal. */
export function hashOfStatements(migration: Migration): string {
  const statements = [migration.statements('sqlite'), migration.statements('postgres')];
  return createHash('sha256').update(JSON.stringify(statements)).digest('hex');
}

/** The migrations that the list names, in the order of their release. */
export function releasedList(tree: SourceTree): { id: string; hash: string }[] {
  const lines = (tree.files.get(releasedMigrationsFile) ?? '').split('\n').filter((line) => line !== '');
  return lines.map((line) => ({ id: line.split(' ')[0]!, hash: line.split(' ')[1] ?? '' }));
}

function drift(id: string, released: string, now: string | undefined, line: number): Violation[] {
  if (now === released) return [];
  const what =
    now === undefined
      ? `${id} was released and is gone: databases that have had it would be refused as of a newer version.`
      : `${id} was released and has other statements now, which no database that has had it will get.`;
  const message = `${what} Put it back and add a migration; if no version had it yet, take this line out and run npm run released-migrations.`;
  return [{ file: releasedMigrationsFile, line, message }];
}

function unlisted(tree: SourceTree, id: string): Violation {
  const [file, text] = typescriptFiles(tree).find(([, source]) => source.includes(`'${id}'`)) ?? [
    migrationsFile,
    '',
  ];
  const message = `${id} is not in ${releasedMigrationsFile}: run npm run released-migrations.`;
  return { file, line: lineAt(text, text.indexOf(`'${id}'`)), message };
}
