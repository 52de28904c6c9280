import type { Sql } from './database.ts';
import { databaseErrors } from './errors.ts';
import { tablesOf, type Migration } from './migration.ts';

/**
 * Ids of the migrations that a database has had; none for an empty one. Changes nothing.
 * Errors: `database.newer_version`, `database.not_ours`, and those of `Sql`.
 */
export async function appliedMigrations(
  sql: Sql,
  migrations: readonly Migration[],
  displayName: string,
): Promise<Set<string>> {
  const tables = await tablesThere(sql);
  const notOurs = () =>
    databaseErrors.make('database.not_ours', { database: displayName, tables: tables.slice(0, 5) });
  if (!tables.includes('schema_migrations')) {
    const ours = tablesOf(migrations);
    // A PostgreSQL database is shared with other programs; a file is not.
    if (tables.some((table) => sql.dialect === 'sqlite' || ours.includes(table))) throw notOurs();
    return new Set();
  }
  // Other programs give a table of theirs the same name.
  if (!(await hasIds(sql))) throw notOurs();
  const rows = await sql.all<{ id: unknown }>('SELECT id FROM schema_migrations');
  const applied = rows.map(({ id }) => String(id));
  const known = new Set(migrations.map(({ id }) => id));
  const unknown = applied.filter((id) => !known.has(id));
  if (unknown.length > 0 && unknown.length === applied.length) throw notOurs();
  if (unknown.length > 0)
    throw databaseErrors.make('database.newer_version', { database: displayName, unknown });
  return new Set(applied);
}

async function tablesThere(sql: Sql): Promise<string[]> {
  const rows = await sql.all<{ name: string }>(
    sql.dialect === 'sqlite'
      ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
      : 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema()',
  );
  return rows.map(({ name }) => name);
}

async function hasIds(sql: Sql): Promise<boolean> {
  const found = await sql.get(
    sql.dialect === 'sqlite'
      ? "SELECT 1 FROM pragma_table_info('schema_migrations') WHERE name = 'id'"
      : "SELECT 1 FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = 'schema_migrations' AND column_name = 'id'",
  );
  return found !== undefined;
}
