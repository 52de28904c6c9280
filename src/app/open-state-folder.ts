import { isAppError } from '../kernel/index.ts';
import { ensureAgentOsFolder, whyNotWritable } from '../platform/files/index.ts';
import type { ProjectContext } from './project-context.ts';
import { stateInProject, type StateFolder, type StateOwner } from './state-folder.ts';

/** What says that something may not be written, whoever tries again. */
const refusals: readonly unknown[] = ['EROFS', 'EACCES', 'EPERM'];

/**
 * The folder in which the project's state is kept, made where missing: `.agent-os`, or where that cannot be written one of
 * the user's, of which people are told. Errors: `files.*`, `user.no_state_folder`, `user.no_home`.
 */
export async function openStateFolder(
  owner: StateOwner & Pick<ProjectContext, 'settings'>,
  onNotice: (message: string) => void,
): Promise<StateFolder> {
  let refused: string;
  try {
    const { isNew } = await ensureAgentOsFolder(owner.root);
    if (isNew) await tellOfStateElsewhere(owner, onNotice);
    return stateInProject(owner.root);
  } catch (error) {
    const code = isAppError(error, 'files.not_writable') ? error.details['systemCode'] : undefined;
    if (!refusals.includes(code)) throw error;
    refused = String(code);
  }
  const { makeUserState, readOnlyNotice } = await import('./user-state.ts');
  const path = await makeUserState(owner, refused);
  onNotice(readOnlyNotice(owner, path, refused));
  return { path, elsewhereFor: refused };
}

/** The same for who only looks: nothing is made, and it need not exist. */
export async function findStateFolder(owner: StateOwner): Promise<StateFolder> {
  const own = stateInProject(owner.root);
  const code = await whyNotWritable(own.path);
  if (!refusals.includes(code)) return own;
  const { userStateOf } = await import('./user-state.ts');
  return { path: userStateOf(owner), elsewhereFor: code };
}

/** Tells of what was kept elsewhere while `.agent-os` could not be made. */
export async function tellOfStateElsewhere(
  owner: StateOwner,
  onNotice: (message: string) => void,
): Promise<void> {
  const { stateElsewhere } = await import('./user-state.ts');
  const left = await stateElsewhere(owner);
  if (left !== undefined) onNotice(left);
}
