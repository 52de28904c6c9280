import { defineErrors } from '../../kernel/index.ts';

export const databaseErrors = defineErrors({
  'database.busy': {
    category: 'unavailable',
    retryable: true,
    message: (facts: { database: string; waitedMs: number }) =>
      `${facts.database} was locked by another process for ${facts.waitedMs} ms (limit database.busy_timeout_ms).`,
    remedy:
      'Try again; if it stays, look for a program that keeps the file open (a database viewer, a backup).',
  },
  'database.contended': {
    category: 'unavailable',
    retryable: true,
    message: (facts: { database: string; attempts: number; reason: string }) =>
      `${facts.database} undid a change ${facts.attempts} times because others changed the same rows (${facts.reason}).`,
    remedy: 'Try again; if it stays, look for a program that holds long transactions on its tables.',
  },
  'database.disk_full': {
    category: 'unavailable',
    message: (facts: { database: string }) =>
      `The disk that holds ${facts.database} is full; nothing was written.`,
    remedy: 'Free space on that disk and call again; `troupe jobs stats` shows what the database holds.',
  },
  'database.corrupted': {
    category: 'internal',
    message: (facts: { database: string; reason: string }) =>
      `${facts.database} is damaged: ${facts.reason}.`,
    remedy:
      'Nothing was changed. Move the file (and its -wal and -shm) away and restore a backup, or start empty without it.',
  },
  'database.newer_version': {
    category: 'conflict',
    message: (facts: { database: string; unknown: readonly string[] }) =>
      `${facts.database} was written by a newer version of troupe (it knows ${facts.unknown.join(', ')}).`,
    remedy: 'Nothing was changed. Update troupe, or use another project folder.',
  },
  'database.not_ours': {
    category: 'conflict',
    message: (facts: { database: string; tables: readonly string[] }) =>
      `${facts.database} is a database of something else (its tables: ${facts.tables.join(', ')}).`,
    remedy:
      'Nothing was changed. Move the file away, or on PostgreSQL name another database or a schema of its own (?options=-csearch_path%3Dtroupe).',
  },
  'database.bad_address': {
    category: 'invalid',
    message: (facts: { given: string }) =>
      `The database's address (database.url) is none of PostgreSQL: ${facts.given}.`,
    remedy:
      'Set TROUPE_DATABASE_URL to postgres://user:password@host:5432/database, or leave it out: a file in the project is used then.',
  },
  'database.account_refused': {
    category: 'forbidden',
    message: (facts: { database: string; reason: string }) =>
      `${facts.database} refuses the account: ${facts.reason}.`,
    remedy:
      'Correct the name and the password in TROUPE_DATABASE_URL; signs such as @ and / in them are written as %40 and %2F.',
  },
  'database.read_only': {
    category: 'forbidden',
    message: (facts: { database: string; reason: string }) =>
      `${facts.database} cannot be written: ${facts.reason}.`,
    remedy:
      'Give this user the right to write the file and its folder; on PostgreSQL use an account that may change its tables, ' +
      'and no standby.',
  },
  'database.replaced': {
    category: 'conflict',
    retryable: true,
    message: (facts: { database: string; isGone: boolean }) =>
      (facts.isGone
        ? `${facts.database} was deleted or moved away while this process works with it (\`git clean -X\` deletes it too)`
        : `Another file has taken the place of ${facts.database} while this process works with it`) +
      ': no other process would see what is stored here now.',
    remedy:
      'Jobs asked for before go on here. Once they have ended or been cancelled, call again: the server of an IDE then works ' +
      'with the file at that place. Any other command: start it again.',
  },
  'database.unreadable': {
    category: 'forbidden',
    message: (facts: { database: string; reason: string }) =>
      `${facts.database} lies in a folder that cannot be written, and cannot be read there: ${facts.reason}.`,
    remedy:
      'Run a command of this version of troupe once where the folder can be written, such as `troupe jobs list`, and see ' +
      'that this user may read the file.',
  },
  'database.unreachable': {
    category: 'unavailable',
    retryable: true,
    message: (facts: { database: string; reason: string }) =>
      `${facts.database} cannot be reached: ${facts.reason}.`,
    remedy: 'Check that the server runs and that the address and the account are right.',
  },
  'database.project_id_unusable': {
    category: 'conflict',
    message: (facts: { file: string; reason: string }) => `${facts.file} cannot be used: ${facts.reason}.`,
    remedy:
      'Restore it from a backup, or delete it: the project then gets a new id, and its jobs and approvals of before stay ' +
      'in the database under the old one.',
  },
  'database.driver_missing': {
    category: 'unavailable',
    message: (facts: { database: string }) =>
      `${facts.database} needs the package pg, which is not installed.`,
    remedy: 'Install it beside troupe: npm install pg.',
  },
});
