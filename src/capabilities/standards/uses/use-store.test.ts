import { after } from 'node:test';
import { openTestSqlite, startTestPostgres } from '../../../platform/database/testing.ts';
import { standardMigrations } from '../migrations/index.ts';
import { useStoreConformance } from './use-store.conformance.ts';

const postgres = await startTestPostgres();
after(() => postgres.stop());

useStoreConformance('SQLite', (t) => openTestSqlite(t, { migrations: standardMigrations }));
useStoreConformance('PostgreSQL', (t) => postgres.open(t, standardMigrations));
