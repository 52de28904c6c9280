import type { Database, Sql } from './database.ts';
import { databaseErrors } from './errors.ts';
import type { Migration } from './migration.ts';

// Any number will do, as long as every version of troupe uses the same.
const ADVISORY_LOCK = 7_130_116;

/**
 * Brings the schema up to date. Safe when several processes start at once: one applies, the others wait and find
 * it done. All missing migrations are applied in one transaction: all or none.
 * Errors: `database.newer_version` (nothing was changed), and those of `Sql`.
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[],
  displayName: string,
): Promise<void> {
  if (missing(await appliedIds(database), migrations, displayName).length === 0) return;
  await database.transaction(async (tx) => {
    if (tx.dialect === 'postgres') await tx.run(`SELECT pg_advisory_xact_lock(${ADVISORY_LOCK})`);
    await tx.run(
      'CREATE TABLE IF NOT EXISTS schema_migrations (id TEXT PRIMARY KEY, applied_at BIGINT NOT NULL)',
    );
    for (const migration of missing(await appliedIds(tx), migrations, displayName)) {
      for (const statement of migration.statements(tx.dialect)) await tx.run(statement);
      await tx.run('INSERT INTO schema_migrations (id, applied_at) VALUES (?, ?)', [
        migration.id,
        Date.now(),
      ]);
    }
  });
}

function missing(
  applied: ReadonlySet<string>,
  migrations: readonly Migration[],
  displayName: string,
): Migration[] {
  const known = new Set(migrations.map((migration) => migration.id));
  const unknown = [...applied].filter((id) => !known.has(id));
  if (unknown.length > 0)
    throw databaseErrors.make('database.newer_version', { database: displayName, unknown });
  return migrations.filter((migration) => !applied.has(migration.id));
}

async function appliedIds(sql: Sql): Promise<Set<string>> {
  const exists = await sql.get(
    sql.dialect === 'sqlite'
      ? "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_migrations'"
      : "SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'schema_migrations'",
  );
  if (exists === undefined) return new Set();
  const rows = await sql.all<{ id: string }>('SELECT id FROM schema_migrations');
  return new Set(rows.map((row) => row.id));
}
