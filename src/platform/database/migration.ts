import type { Dialect } from './database.ts';

/** One step of the schema. Its id never changes once released; the order of the list is the order of application. */
export interface Migration {
  /** `<capability>/<number>-<what>`, such as `jobs/0001-create-jobs`. */
  id: string;
  /** The statements for this dialect, in order. */
  statements(dialect: Dialect): readonly string[];
}

/** Names of the tables that migrations make, and of the one that notes which were applied. */
export function tablesOf(migrations: readonly Migration[]): string[] {
  const made = migrations
    .flatMap((migration) => migration.statements('postgres'))
    .map((statement) => /^\s*CREATE TABLE (?:IF NOT EXISTS )?(\w+)/i.exec(statement)?.[1]);
  return ['schema_migrations', ...made.filter((name) => name !== undefined)];
}
