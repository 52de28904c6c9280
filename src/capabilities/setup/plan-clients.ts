import path from 'node:path';
import { isAppError, type AppError } from '../../kernel/index.ts';
import { contains } from '../../platform/files/index.ts';
import { mergeJson } from './merge/merge-json.ts';
import { mergeToml } from './merge/merge-toml.ts';
import type { Client, ClientName, Places } from './clients/client.ts';
import type { Launch } from './program/launch.ts';
import { changedLines, type ChangedLines, type FileChange } from './project/file-change.ts';
import { readTarget } from './project/read-target.ts';

/** A client's configuration, as it is and with troupe in it. */
export interface ClientPlan {
  client: ClientName;
  title: string;
  /** Whether its file belongs to the project; else it is the user's, for all projects. */
  inProject: boolean;
  change: FileChange;
  lines: ChangedLines;
  isCurrent: boolean;
}

/** A client whose configuration cannot be extended, and why; its file stays as it is. */
export interface RefusedClient {
  client: ClientName;
  title: string;
  shownPath: string;
  error: AppError;
}

/** What becomes of the clients that were asked for, each in one of the two. */
export interface ClientPlans {
  plans: ClientPlan[];
  refused: RefusedClient[];
}

/** Name of the server in every client. */
const serverName = 'troupe';

/**
 * What each client's configuration becomes; one that cannot be extended takes nothing from the others. Writes nothing.
 * Reasons to refuse: `setup.config_unreadable`, `setup.config_not_mergeable`, `files.outside_project`.
 */
export async function planClients(
  clients: readonly Client[],
  launch: Launch,
  places: Places,
): Promise<ClientPlans> {
  const plans: ClientPlan[] = [];
  const refused: RefusedClient[] = [];
  for (const client of clients) {
    const { path: file, inProject } = client.configFile(places);
    const shownPath = shown(file, inProject ? places.root : undefined, places.home);
    try {
      plans.push(await planClient(client, { file, inProject, shownPath }, launch, places));
    } catch (error) {
      if (!isAppError(error)) throw error;
      refused.push({ client: client.name, title: client.title, shownPath, error });
    }
  }
  return { plans, refused };
}

async function planClient(
  client: Client,
  { file, inProject, shownPath }: { file: string; inProject: boolean; shownPath: string },
  launch: Launch,
  places: Places,
): Promise<ClientPlan> {
  const target = await readTarget(file, shownPath, inProject ? places.root : undefined);
  const merge = client.format === 'toml' ? mergeToml : mergeJson;
  const after = await merge(target.text, {
    shownPath,
    serversKey: client.serversKey,
    name: serverName,
    fields: client.entry(launch, places),
    initialFields: client.initialFields,
  });
  return {
    client: client.name,
    title: client.title,
    inProject,
    change: { path: target.path, shownPath, before: target.text, after },
    lines: changedLines({ before: target.text, after }),
    isCurrent: after === target.text,
  };
}

function shown(file: string, root: string | undefined, home: string): string {
  const relativeTo = (folder: string) => path.relative(folder, file).split(path.sep).join('/');
  if (root !== undefined) return relativeTo(root);
  return contains(home, file) ? `~/${relativeTo(home)}` : file;
}
