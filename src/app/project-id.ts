import { lstat, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { isAppError, type IdSource } from '../kernel/index.ts';
import { databaseErrors } from '../platform/database/index.ts';
import { readRegularFile, resolveInside, writeFileAtomically } from '../platform/files/index.ts';
import { nameIn, projectIdFile, type StateFolder } from './state-folder.ts';

/** Where a checkout keeps its id. */
export const projectIdName = `.agent-os/${projectIdFile}`;

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
export async function findProjectId(root: string, state: StateFolder): Promise<string | undefined> {
  const standing = await look(root);
  if (standing.kind === 'own') return standing.id;
  return state.elsewhereFor === undefined ? undefined : idElsewhere(state);
}

/** The id that is kept for a project which cannot be written and has none of its own. */
async function idElsewhere(state: StateFolder): Promise<string | undefined> {
  const file = path.join(state.path, projectIdFile);
  if ((await lstat(file).catch(() => undefined)) === undefined) return undefined;
  return kept(file, nameIn(state, projectIdFile)).id;
}

/**
 * The id by which rows belong to this checkout in a database that several share: made once, kept with its state. A folder
 * that was moved keeps it; a copy gets its own. Of several processes at once all get the same. The folder `state` must exist;
 * where it is not the project's, an id that the project has already is taken. Errors: `database.project_id_unusable`, `files.outside_project`, `files.not_writable`, `files.disk_full`.
 */
export async function ensureProjectId(root: string, state: StateFolder, making: IdMaking): Promise<string> {
  const before = await look(root);
  if (before.kind === 'own' && !before.isMoved) return before.id;
  return making.alone(async () => {
    const standing = await look(root);
    if (standing.kind === 'own') {
      if (standing.isMoved) await noteNewPlace(root, standing.id);
      return standing.id;
    }
    const isElsewhere = state.elsewhereFor !== undefined;
    const known = isElsewhere ? await idElsewhere(state) : undefined;
    if (known !== undefined) return known;
    if (standing.kind === 'none') return makeFirst(root, state, making);
    const id = making.ids.next();
    await write(state.path, { id, root });
    making.onNotice(
      `This project is a copy of ${standing.from}: it has jobs, approvals and proposals of its own from now on.`,
    );
    return id;
  });
}

async function makeFirst(root: string, state: StateFolder, making: IdMaking): Promise<string> {
  const id = making.ids.next();
  try {
    await write(state.path, { id, root }, { exclusive: true });
    return id;
  } catch (error) {
    // Somebody with another database, whom no lock of this one keeps away.
    if (!isAppError(error, 'files.exists')) throw error;
    return (await findProjectId(root, state)) ?? id;
  }
}

/** Where nothing can be written the old place stays noted: all that depends on it is how a later copy is told. */
async function noteNewPlace(root: string, id: string): Promise<void> {
  await write(path.join(root, '.agent-os'), { id, root }).catch((error: unknown) => {
    if (!isAppError(error, 'files.not_writable') && !isAppError(error, 'files.disk_full')) throw error;
  });
}

async function look(root: string): Promise<Standing> {
  const folder = await resolveInside(root, '.agent-os').catch((error: unknown) => {
    if (isAppError(error, 'files.not_found')) return undefined;
    throw error;
  });
  if (folder === undefined) return { kind: 'none' };
  const file = path.join(folder.absolute, projectIdFile);
  if ((await lstat(file).catch(() => undefined)) === undefined) return { kind: 'none' };
  const found = kept(file, projectIdName);
  if (found.root === root) return { kind: 'own', id: found.id, isMoved: false };
  return (await isCopyOf(found, file))
    ? { kind: 'copied', from: found.root }
    : { kind: 'own', id: found.id, isMoved: true };
}

/** What is kept in a file that people call `name`. Errors: `database.project_id_unusable`. */
function kept(file: string, name: string): Kept {
  const found = read(file);
  if (typeof found !== 'string') return found;
  throw databaseErrors.make('database.project_id_unusable', { file: name, reason: found });
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

function write(folder: string, kept: Kept, options: { exclusive?: boolean } = {}): Promise<void> {
  return writeFileAtomically(path.join(folder, projectIdFile), `${JSON.stringify(kept, null, 2)}\n`, options);
}
