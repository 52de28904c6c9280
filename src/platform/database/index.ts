export type { Database, Dialect, Sql, SqlValue } from './database.ts';
export { databaseErrors } from './errors.ts';
export { tablesOf } from './migration.ts';
export type { Migration } from './migration.ts';
export { migrate } from './migrate.ts';
export { openSqliteDatabase } from './sqlite-database.ts';
export type { SqliteOptions } from './sqlite-database.ts';
export { openPostgresDatabase } from './postgres-database.ts';
export type { PostgresOptions } from './postgres-database.ts';
