import { appliedMigrations } from './applied-migrations.ts';
import type { Database, Sql } from './database.ts';
import type { Migration } from './migration.ts';

// Any number will do, as long as every version of troupe uses the same.
const ADVISORY_LOCK = 7_130_116;

/**
 * Brings the schema up to date. Safe when several processes start at once: one applies, the others wait and find
 * it done. All missing migrations are applied in one transaction: all or none.
 * Errors: `database.newer_version` and `database.not_ours` (nothing was changed), and those of `Sql`.
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[],
  displayName: string,
): Promise<void> {
  if ((await missing(database, migrations, displayName)).length === 0) return;
  await database.transaction(async (tx) => {
    if (tx.dialect === 'postgres') await tx.run(`SELECT pg_advisory_xact_lock(${ADVISORY_LOCK})`);
    const steps = await missing(tx, migrations, displayName);
    await tx.run(
      'CREATE TABLE IF NOT EXISTS schema_migrations (id TEXT PRIMARY KEY, applied_at BIGINT NOT NULL)',
    );
    for (const migration of steps) {
      for (const statement of migration.statements(tx.dialect)) await tx.run(statement);
      await tx.run('INSERT INTO schema_migrations (id, applied_at) VALUES (?, ?)', [
        migration.id,
        Date.now(),
      ]);
    }
  });
}

async function missing(
  sql: Sql,
  migrations: readonly Migration[],
  displayName: string,
): Promise<readonly Migration[]> {
  const applied = await appliedMigrations(sql, migrations, displayName);
  return migrations.filter(({ id }) => !applied.has(id));
}
