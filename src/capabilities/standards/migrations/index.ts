import type { Migration } from '../../../platform/database/index.ts';

/** Tables of the standards, on SQLite and on PostgreSQL; released ones never change. */
export const standardMigrations: readonly Migration[] = [
  {
    id: 'standards/0001-create-uses',
    statements: (dialect) => {
      const integer = dialect === 'sqlite' ? 'INTEGER' : 'BIGINT';
      return [
        // The day before the standard: old days are deleted together.
        `CREATE TABLE standard_uses (
          project TEXT NOT NULL,
          day ${integer} NOT NULL,
          standard_id TEXT NOT NULL,
          times ${integer} NOT NULL,
          last_at ${integer} NOT NULL,
          PRIMARY KEY (project, day, standard_id)
        )`,
        `CREATE TABLE standard_searches (
          project TEXT NOT NULL,
          day ${integer} NOT NULL,
          searches ${integer} NOT NULL,
          without_hit ${integer} NOT NULL,
          PRIMARY KEY (project, day)
        )`,
      ];
    },
  },
];
