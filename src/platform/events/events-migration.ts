import type { Migration } from '../database/index.ts';

/** The outbox: table `events`, one row for each event, kept as long as retention says. */
export const eventMigrations: readonly Migration[] = [
  {
    id: 'events/0001-create-events',
    statements: (dialect) => [
      dialect === 'sqlite'
        ? `CREATE TABLE events (
             sequence INTEGER PRIMARY KEY AUTOINCREMENT,
             name TEXT NOT NULL,
             entity_id TEXT NOT NULL,
             payload TEXT NOT NULL,
             created_at INTEGER NOT NULL
           )`
        : `CREATE TABLE events (
             sequence BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
             name TEXT NOT NULL,
             entity_id TEXT NOT NULL,
             payload TEXT NOT NULL,
             created_at BIGINT NOT NULL,
             xid xid8 NOT NULL DEFAULT pg_current_xact_id()
           )`,
      ...(dialect === 'postgres' ? ['CREATE INDEX events_in_order ON events (xid, sequence)'] : []),
    ],
  },
];
