import { join } from 'node:path';
import type { ProjectContext } from './project-context.ts';

/** The database of SQLite, in the folder of a project's state. */
export const databaseFile = 'troupe.db';
/** The project's id on PostgreSQL. The name is among those that `.agent-os/.gitignore` leaves out of git: `troupe.db*`. */
export const projectIdFile = 'troupe.db-project.json';
/** The search index: everything in it can be made again. */
export const indexFile = '.cache/standards.db';

/** The database as it lies in a project that can be written. */
export const databaseName = `.agent-os/${databaseFile}`;

/** Where what Troupe keeps of a project lies: database, search index, id. */
export interface StateFolder {
  /** Absolute. */
  path: string;
  /** The system's code that says why it is a folder of the user's; `undefined` where it is the project's `.agent-os`. */
  elsewhereFor: string | undefined;
}

/** Whose state is looked for. */
export type StateOwner = Pick<ProjectContext, 'root' | 'env'>;

/** The folder of a project that can be written. `root` is a real path. */
export function stateInProject(root: string): StateFolder {
  return { path: join(root, '.agent-os'), elsewhereFor: undefined };
}

/** What people call a file in it: relative to the project, or the whole path where it lies elsewhere. */
export function nameIn({ path, elsewhereFor }: StateFolder, file: string): string {
  return elsewhereFor === undefined ? `.agent-os/${file}` : join(path, file);
}
