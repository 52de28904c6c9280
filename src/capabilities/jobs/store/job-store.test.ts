import { after } from 'node:test';
import { openTestSqlite, startTestPostgres } from '../../../platform/database/testing.ts';
import { eventMigrations } from '../../../platform/events/index.ts';
import { jobMigrations } from '../migrations/index.ts';
import { jobStoreConformance } from './job-store.conformance.ts';

const migrations = [...eventMigrations, ...jobMigrations];
const postgres = await startTestPostgres();
after(() => postgres.stop());

jobStoreConformance('SQLite', (t) => openTestSqlite(t, { migrations }));
jobStoreConformance('PostgreSQL', (t) => postgres.open(t, migrations));
