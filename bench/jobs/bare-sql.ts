import type { Database } from '../../src/platform/database/index.ts';

/** The least a program can do that writes the same rows and events in the same transactions. */
export interface BareJobs {
  create(): Promise<void> | void;
  /** Claims the next job and completes it; false when there is none. */
  work(): Promise<boolean> | boolean;
}

const insertColumns =
  'id, project, persona, status, priority, order_number, chain, created_at, size_bytes, persona_hash, model, caller, retry_of, task, context';

const claim = (
  skipLocked: string,
) => `UPDATE jobs SET status = 'running', attempt = attempt + 1, lease_owner = ?,
  lease_until = ?, started_at = ?
  WHERE status = 'pending' AND id = (SELECT id FROM jobs WHERE project = ? AND status = 'pending' AND chain IN ('')
  ORDER BY order_number, id LIMIT 1 ${skipLocked}) RETURNING *`;

const complete = `UPDATE jobs SET status = 'complete', result = ?, result_data = ?, model = ?, percent = ?, message = ?,
  eta_ms = ?, partial_result = ?, ended_at = ?, lease_owner = ?, lease_until = ?
  WHERE id = ? AND status IN ('running') AND attempt = ? RETURNING *`;

const event = 'INSERT INTO events (name, entity_id, payload, created_at) VALUES (?, ?, ?, ?)';
const payload = JSON.stringify({ project: '/p', persona: 'security', status: 'running', attempt: 1 });

const newRow = (id: string, now: number) => [
  id,
  '/p',
  'security',
  'pending',
  'normal',
  now - 300_000,
  '',
  now,
  0,
  'hash',
  'offline reviewer',
  'bench',
  null,
  'review src',
  null,
];
const completed = (id: string, attempt: number, now: number) => [
  'ok',
  null,
  'offline reviewer',
  100,
  'complete',
  null,
  null,
  now,
  null,
  null,
  id,
  attempt,
];

/** On a SQLite connection of its own, with prepared statements and no promise anywhere. */
export async function bareSqlite(path: string, nextId: () => string): Promise<BareJobs & { close(): void }> {
  const { DatabaseSync } = await import('node:sqlite');
  const db = new DatabaseSync(path);
  db.exec('PRAGMA journal_mode = WAL');
  db.exec('PRAGMA synchronous = NORMAL');
  db.exec('PRAGMA foreign_keys = ON');
  const insert = db.prepare(
    `INSERT INTO jobs (${insertColumns}) VALUES (${insertColumns
      .split(',')
      .map(() => '?')
      .join()})`,
  );
  const addEvent = db.prepare(event);
  const claimNext = db.prepare(claim(''));
  const finish = db.prepare(complete);
  return {
    create() {
      const now = Date.now();
      const id = nextId();
      db.exec('BEGIN IMMEDIATE');
      insert.run(...newRow(id, now));
      addEvent.run('jobs.created', id, payload, now);
      db.exec('COMMIT');
    },
    work() {
      const now = Date.now();
      db.exec('BEGIN IMMEDIATE');
      const job = claimNext.get('bare', now + 30_000, now, '/p') as
        { id: string; attempt: number } | undefined;
      if (job !== undefined) addEvent.run('jobs.claimed', job.id, payload, now);
      db.exec('COMMIT');
      if (job === undefined) return false;
      db.exec('BEGIN IMMEDIATE');
      finish.get(...completed(job.id, job.attempt, now));
      addEvent.run('jobs.completed', job.id, payload, now);
      db.exec('COMMIT');
      return true;
    },
    close: () => db.close(),
  };
}

/** On PostgreSQL, one connection, prepared statements, four round trips a transaction. */
export async function barePostgres(
  url: string,
  nextId: () => string,
): Promise<BareJobs & { close(): Promise<void> }> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const numbered = (sql: string) => {
    let n = 0;
    return sql.replace(/\?/g, () => `$${++n}`);
  };
  const insert = numbered(
    `INSERT INTO jobs (${insertColumns}) VALUES (${insertColumns
      .split(',')
      .map(() => '?')
      .join()})`,
  );
  const claimNext = numbered(claim('FOR UPDATE SKIP LOCKED'));
  const finish = numbered(complete);
  const addEvent = numbered(event);
  const run = (name: string, text: string, values: unknown[]) => client.query({ name, text, values });
  return {
    async create() {
      const now = Date.now();
      const id = nextId();
      await client.query('BEGIN');
      await run('insert', insert, newRow(id, now));
      await run('event', addEvent, ['jobs.created', id, payload, now]);
      await client.query('COMMIT');
    },
    async work() {
      const now = Date.now();
      await client.query('BEGIN');
      const job = (await run('claim', claimNext, ['bare', now + 30_000, now, '/p'])).rows[0] as
        { id: string; attempt: number } | undefined;
      if (job !== undefined) await run('event', addEvent, ['jobs.claimed', job.id, payload, now]);
      await client.query('COMMIT');
      if (job === undefined) return false;
      await client.query('BEGIN');
      await run('finish', finish, completed(job.id, job.attempt, now));
      await run('event', addEvent, ['jobs.completed', job.id, payload, now]);
      await client.query('COMMIT');
      return true;
    },
    close: () => client.end(),
  };
}

/** Empties the tables, so that each round works on as many rows as the last. */
export async function emptyTables(database: Database): Promise<void> {
  await database.run('DELETE FROM jobs');
  await database.run('DELETE FROM events');
  // Else whoever comes next pays for moving the deletions out of the log.
  if (database.dialect === 'sqlite') await database.run('PRAGMA wal_checkpoint(TRUNCATE)');
}
