import { after } from 'node:test';
import { openTestSqlite, startTestPostgres } from '../../../platform/database/testing.ts';
import { eventMigrations } from '../../../platform/events/index.ts';
import { approvalMigrations } from '../migrations/index.ts';
import { approvalStoreConformance } from './approval-store.conformance.ts';
import { revocationsConformance } from './revocations.conformance.ts';

const migrations = [...eventMigrations, ...approvalMigrations];
const postgres = await startTestPostgres();
after(() => postgres.stop());

approvalStoreConformance('SQLite', (t) => openTestSqlite(t, { migrations }));
revocationsConformance('SQLite', (t) => openTestSqlite(t, { migrations }));
approvalStoreConformance('PostgreSQL', (t) => postgres.open(t, migrations));
revocationsConformance('PostgreSQL', (t) => postgres.open(t, migrations));
