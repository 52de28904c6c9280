import { after } from 'node:test';
import { openTestSqlite, startTestPostgres } from '../../../platform/database/testing.ts';
import { eventMigrations } from '../../../platform/events/index.ts';
import { jobMigrations } from '../migrations/index.ts';
import { jobFiguresConformance } from './job-figures.conformance.ts';

const migrations = [...eventMigrations, ...jobMigrations];
const postgres = await startTestPostgres();
after(() => postgres.stop());

jobFiguresConformance('SQLite', (t) => openTestSqlite(t, { migrations }));
jobFiguresConformance('PostgreSQL', (t) => postgres.open(t, migrations));
