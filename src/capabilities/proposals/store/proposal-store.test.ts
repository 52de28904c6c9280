import { after } from 'node:test';
import { openTestSqlite, startTestPostgres } from '../../../platform/database/testing.ts';
import { eventMigrations } from '../../../platform/events/index.ts';
import { approvalMigrations } from '../../approvals/index.ts';
import { proposalMigrations } from '../migrations/index.ts';
import { proposalStoreConformance } from './proposal-store.conformance.ts';

const migrations = [...eventMigrations, ...approvalMigrations, ...proposalMigrations];
const postgres = await startTestPostgres();
after(() => postgres.stop());

proposalStoreConformance('SQLite', (t) => openTestSqlite(t, { migrations }));
proposalStoreConformance('PostgreSQL', (t) => postgres.open(t, migrations));
