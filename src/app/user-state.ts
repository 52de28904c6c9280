import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { counted, toAppError } from '../kernel/index.ts';
import type { Sql } from '../platform/database/index.ts';
import { whyNotWritable } from '../platform/files/index.ts';
import { homeFolder, userFolderErrors, userStateFolder } from '../platform/user-folders/index.ts';
import type { ProjectContext } from './project-context.ts';
import { databaseFile, databaseName, projectIdFile, type StateOwner } from './state-folder.ts';

/** Longest part of a folder's name that is of the project's. */
const longestName = 40;

/**
 * The user's folder for the state of a project that cannot be written: the same for all processes of the user, by the
 * project's real path. It need not exist. Errors: `user.no_home`.
 */
export function userStateOf({ root, env }: StateOwner): string {
  const states = userStateFolder({ env, home: homeFolder(), platform: process.platform });
  const name = basename(root).replaceAll(/[^\w-]+/g, '-');
  const hash = createHash('sha256').update(root).digest('hex').slice(0, 16);
  return join(states, 'projects', `${name.slice(0, longestName)}-${hash}`);
}

/**
 * Makes that folder, for its user alone. `refused` says why `.agent-os` is none. Errors: `user.no_state_folder`, `user.no_home`.
 */
export async function makeUserState(owner: StateOwner, refused: string): Promise<string> {
  const folder = userStateOf(owner);
  await assertUserState(owner, refused);
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw noStateFolder(owner, refused, (error as NodeJS.ErrnoException).code ?? 'unknown', error);
  });
  return folder;
}

/** Whether it could be made and written, for who makes nothing. Errors: those of `makeUserState`. */
export async function assertUserState(owner: StateOwner, refused: string): Promise<void> {
  const why = await whyNotWritable(userStateOf(owner));
  if (why !== undefined) throw noStateFolder(owner, refused, why);
}

function noStateFolder(owner: StateOwner, systemCode: string, folderCode: string, cause?: unknown) {
  const facts = {
    project: join(owner.root, '.agent-os'),
    systemCode,
    folder: userStateOf(owner),
    folderCode,
  };
  return userFolderErrors.make('user.no_state_folder', facts, { cause });
}

/** What people are told of a project whose state lies in `folder`, since `.agent-os` cannot be written. */
export function readOnlyNotice(
  { root, settings }: Pick<ProjectContext, 'root' | 'settings'>,
  folder: string,
  refused: string,
): string {
  const said = `.agent-os of this project cannot be written (${refused}): what Troupe keeps of it lies in ${folder}.`;
  const isServer = settings.values.database.url !== undefined;
  if (isServer || !existsSync(join(root, databaseName))) return said;
  return `${said} Approvals in ${databaseName} count; the jobs and the inbox in it are not shown.`;
}

/**
 * What was kept of a project in the user's folder while it could not be written, in a sentence; `undefined` where nothing
 * was. Errors: `user.no_home`.
 */
export async function stateElsewhere(owner: StateOwner): Promise<string | undefined> {
  const folder = userStateOf(owner);
  const held = [
    ...(existsSync(join(folder, databaseFile)) ? await heldIn(join(folder, databaseFile)) : []),
    ...(existsSync(join(folder, projectIdFile)) ? ["the project's id on PostgreSQL"] : []),
  ];
  if (held.length === 0) return undefined;
  return (
    `${folder} holds ${held.join(' and ')} from when this project could not be written, and none of it is seen here. ` +
    'To go on with it, end every troupe of this project and move troupe.db* from there into .agent-os; else delete that folder.'
  );
}

async function heldIn(path: string): Promise<string[]> {
  const { readSqliteFile } = await import('../platform/database/index.ts');
  const count = (sql: Sql, table: string) => sql.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`);
  try {
    return await readSqliteFile({ path, displayName: path, driverWaitMs: 1_000 }, async (sql) => {
      const [jobs, requests] = [await count(sql, 'jobs'), await count(sql, 'approval_requests')];
      return [
        ...(jobs!.n === 0 ? [] : [counted(jobs!.n, 'job')]),
        ...(requests!.n === 0 ? [] : [counted(requests!.n, 'request of the inbox', 'requests of the inbox')]),
      ];
    });
  } catch (error) {
    // No reason to keep people from a project that works.
    return [`a database that cannot be read (${toAppError(error).message})`];
  }
}
