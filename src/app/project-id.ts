import { lstat, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { isAppError, type IdSource } from '../kernel/index.ts';
import { databaseErrors } from '../platform/database/index.ts';
import { readRegularFile, resolveInside, writeFileAtomically } from '../platform/files/index.ts';

/** Where a checkout keeps its id. The name is among those that the folder's `.gitignore` leaves out of git: `troupe.db*`. */
export const projectIdName = '.agent-os/troupe.db-project.json';

const maxBytes = 16_384;

const schema = z.object({
  id: z.uuid(),
  /** The real path of the project when this was written: how a copy is told from a folder that was moved. */
  root: z.string().refine((root) => path.posix.isAbsolute(root) || path.win32.isAbsolute(root)),
});

type Kept = z.infer<typeof schema>;

/** What stands in a project: no id, its own, or that of the folder it was copied from. */
type Standing =
  { kind: 'none' } | { kind: 'own'; id: string; isMoved: boolean } | { kind: 'copied'; from: string };

/** How the id is made where there is none. */
export interface IdMaking {
  ids: IdSource;
  /** Runs the work while no other process runs its own. */
  alone: <T>(work: () => Promise<T>) => Promise<T>;
  /** Hears, in a sentence, that a copy got an id of its own. */
  onNotice: (message: string) => void;
}

/**
 * The id of a project as it stands; `undefined` where none was made yet, also in a copy of another folder. Writes nothing.
 * `root` is a real path. Errors: `database.project_id_unusable`, `files.outside_project`.
 */
export async function findProjectId(root: string): Promise<string | undefined> {
  const standing = await look(root);
  return standing.kind === 'own' ? standing.id : undefined;
}

/**
 * The id by which rows belong to this checkout in a database that several share: made once, kept in `.agent-os/`. A folder
 * that was moved keeps it; a copy gets its own. Of several processes at once all get the same. `.agent-os/` must exist.
 * Errors: `database.project_id_unusable`, `files.outside_project`, `files.not_writable`, `files.disk_full`.
 */
export async function ensureProjectId(root: string, making: IdMaking): Promise<string> {
  const before = await look(root);
  if (before.kind === 'own' && !before.isMoved) return before.id;
  return making.alone(async () => {
    const standing = await look(root);
    if (standing.kind === 'none') return makeFirst(root, making);
    if (standing.kind === 'own') {
      if (standing.isMoved) await noteNewPlace(root, standing.id);
      return standing.id;
    }
    const id = making.ids.next();
    await write(root, { id, root });
    making.onNotice(
      `This project is a copy of ${standing.from}: it has jobs, approvals and proposals of its own from now on.`,
    );
    return id;
  });
}

async function makeFirst(root: string, making: IdMaking): Promise<string> {
  const id = making.ids.next();
  try {
    await write(root, { id, root }, { exclusive: true });
    return id;
  } catch (error) {
    // Somebody with another database, whom no lock of this one keeps away.
    if (!isAppError(error, 'files.exists')) throw error;
    return (await findProjectId(root)) ?? id;
  }
}

/** Where nothing can be written the old place stays noted: all that depends on it is how a later copy is told. */
async function noteNewPlace(root: string, id: string): Promise<void> {
  await write(root, { id, root }).catch((error: unknown) => {
    if (!isAppError(error, 'files.not_writable') && !isAppError(error, 'files.disk_full')) throw error;
  });
}

async function look(root: string): Promise<Standing> {
  const folder = await resolveInside(root, '.agent-os').catch((error: unknown) => {
    if (isAppError(error, 'files.not_found')) return undefined;
    throw error;
  });
  if (folder === undefined) return { kind: 'none' };
  const file = path.join(folder.absolute, path.basename(projectIdName));
  if ((await lstat(file).catch(() => undefined)) === undefined) return { kind: 'none' };
  const kept = read(file);
  if (typeof kept === 'string')
    throw databaseErrors.make('database.project_id_unusable', { file: projectIdName, reason: kept });
  if (kept.root === root) return { kind: 'own', id: kept.id, isMoved: false };
  return (await isCopyOf(kept, file))
    ? { kind: 'copied', from: kept.root }
    : { kind: 'own', id: kept.id, isMoved: true };
}

/** What is kept, or what is wrong with it. */
function read(file: string): Kept | string {
  const content = readRegularFile(file, maxBytes);
  if (content.kind === 'unreadable') return 'it is not a regular file, or cannot be read';
  if (content.kind !== 'text') return 'it is not the short text that troupe wrote';
  try {
    return schema.parse(JSON.parse(content.bytes.toString('utf8')));
  } catch {
    return 'it does not hold an id and the folder it was made for';
  }
}

/** Whether the noted place still has the same id, in another file: one folder can be seen under two paths. */
async function isCopyOf({ id, root }: Kept, file: string): Promise<boolean> {
  // A name of a server must not make Windows greet whoever a hostile file names.
  if (/^[\\/]{2}/.test(root)) return false;
  const original = path.join(root, projectIdName);
  const there = read(original);
  if (typeof there === 'string' || there.id !== id) return false;
  const [one, other] = await Promise.all([file, original].map((each) => stat(each, { bigint: true })));
  return one!.dev !== other!.dev || one!.ino !== other!.ino;
}

function write(root: string, kept: Kept, options: { exclusive?: boolean } = {}): Promise<void> {
  return writeFileAtomically(path.join(root, projectIdName), `${JSON.stringify(kept, null, 2)}\n`, options);
}
