import { after } from 'node:test';
import { systemClock } from '../../kernel/index.ts';
import { databaseConformance } from './database.conformance.ts';
import { openPostgresDatabase } from './postgres-database.ts';
import { openTestSqlite, patientConnectMs, startTestPostgres, temporaryFolder } from './testing.ts';

const postgres = await startTestPostgres();
after(() => postgres.stop());

databaseConformance('SQLite', async (t) => {
  const folder = await temporaryFolder(t);
  return { open: () => openTestSqlite(t, { folder }) };
});

databaseConformance('PostgreSQL', async (t) => {
  const url = await postgres.createUrl();
  return {
    async open() {
      const database = await openPostgresDatabase({
        url,
        maxConnections: 4,
        connectTimeoutMs: patientConnectMs,
        clock: systemClock,
        tables: ['counters'],
      });
      t.after(() => database.close());
      return database;
    },
  };
});
