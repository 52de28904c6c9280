import { join } from 'node:path';
import { homeFolder } from '../../platform/user-folders/index.ts';
import type * as SetupDoor from '../../capabilities/setup/index.ts';
import type { Finding } from '../../capabilities/setup/index.ts';
import type { ApprovalLookup } from '../../capabilities/standards/index.ts';
import type { ProjectContext } from '../project-context.ts';
import { indexFile, type StateFolder } from '../state-folder.ts';
import { openDatabaseThere } from './doctor-state.ts';

/** The checks of standards, their index and what embeds them, by subject. Nothing is made, and no model loaded. */
export async function standardsChecks(
  setup: typeof SetupDoor,
  context: ProjectContext,
  state: StateFolder,
): Promise<[subject: string, check: Promise<Finding[]>][]> {
  const { settings, clock, env } = context;
  const { search, embeddings } = settings.values;
  const { userModelsFolder } = await import('../../capabilities/embeddings/index.ts');
  const modelsFolder = userModelsFolder({ env, home: homeFolder(), platform: process.platform });
  return [
    ['standards', checkProjectStandards(setup, context, state)],
    ['index', setup.checkIndex({ store: search.store, indexFile: join(state.path, indexFile), clock })],
    ['embeddings', setup.checkEmbeddings({ settings: embeddings, env, modelsFolder, clock })],
  ];
}

async function checkProjectStandards(
  setup: typeof SetupDoor,
  context: ProjectContext,
  state: StateFolder,
): Promise<Finding[]> {
  const { root, settings, clock } = context;
  const { openStandardsLibrary, shippedStandardsFolders } =
    await import('../../capabilities/standards/index.ts');
  const { openProjectFiles } = await import('../../platform/files/index.ts');
  const { tryChecks } = await import('../open-standards.ts');
  const standards = openStandardsLibrary({
    root,
    universalFolder: shippedStandardsFolders().universal,
    approvals: await approvalsIn(context, state),
    limits: settings.values.standards,
  });
  const files = await openProjectFiles({ root, clock, ...settings.values.files });
  return setup.checkStandards({
    standards,
    files,
    tryChecks: (sets) => tryChecks(root, sets),
    scanForSecrets: async (text) =>
      (await import('../../capabilities/analyzers/index.ts')).scanForSecrets(text, { strict: true }),
  });
}

/** What people approved, as far as the database tells; what is wrong with that, its own check says. */
async function approvalsIn(context: ProjectContext, state: StateFolder): Promise<ApprovalLookup> {
  const { root, settings } = context;
  const none: ApprovalLookup = {
    hashesApproved: () => Promise.resolve(new Map()),
    lastApprovals: () => Promise.resolve(new Map()),
  };
  if (state.elsewhereFor !== undefined && settings.values.database.url === undefined) {
    const { readOnlyApprovals } = await import('../read-only-approvals.ts');
    return foundOnce(readOnlyApprovals(context), root).catch(() => none);
  }
  const { sqlApprovalsMade } = await import('../../capabilities/approvals/index.ts');
  const { approvalLookup } = await import('../approval-lookup.ts');
  const { findProjectKey } = await import('../open-database.ts');
  const database = await openDatabaseThere(context, state).catch(() => undefined);
  if (database === undefined) return none;
  try {
    const project = await findProjectKey(database, root, state);
    if (project === undefined) return none;
    return await foundOnce(approvalLookup(sqlApprovalsMade(database), project), root);
  } catch {
    return none;
  } finally {
    await database.close();
  }
}

/** What a lookup says now, for who asks after it is closed. */
async function foundOnce(lookup: ApprovalLookup, root: string): Promise<ApprovalLookup> {
  const approved = await lookup.hashesApproved(root);
  const last = await lookup.lastApprovals(root);
  return {
    hashesApproved: () => Promise.resolve(approved),
    lastApprovals: () => Promise.resolve(last),
  };
}
