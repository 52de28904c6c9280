import { join } from 'node:path';
import type { Database } from '../../platform/database/index.ts';
import { homeFolder } from '../../platform/user-folders/index.ts';
import type * as SetupDoor from '../../capabilities/setup/index.ts';
import type { Finding } from '../../capabilities/setup/index.ts';
import type { ApprovalLookup } from '../../capabilities/standards/index.ts';
import type { ProjectContext } from '../project-context.ts';

/** The checks of standards, their index and what embeds them, by subject. Nothing is made, and no model loaded. */
export async function standardsChecks(
  setup: typeof SetupDoor,
  context: ProjectContext,
  openDatabaseThere: () => Promise<Database | undefined>,
): Promise<[subject: string, check: Promise<Finding[]>][]> {
  const { root, settings, clock, env } = context;
  const { search, embeddings } = settings.values;
  const { userModelsFolder } = await import('../../capabilities/embeddings/index.ts');
  const { indexName } = await import('../open-standards.ts');
  const modelsFolder = userModelsFolder({ env, home: homeFolder(), platform: process.platform });
  return [
    ['standards', checkProjectStandards(setup, context, openDatabaseThere)],
    ['index', setup.checkIndex({ store: search.store, indexFile: join(root, indexName), clock })],
    ['embeddings', setup.checkEmbeddings({ settings: embeddings, env, modelsFolder, clock })],
  ];
}

async function checkProjectStandards(
  setup: typeof SetupDoor,
  { root, settings, clock }: ProjectContext,
  openDatabaseThere: () => Promise<Database | undefined>,
): Promise<Finding[]> {
  const { openStandardsLibrary, shippedStandardsFolders } =
    await import('../../capabilities/standards/index.ts');
  const { openProjectFiles } = await import('../../platform/files/index.ts');
  const { tryChecks } = await import('../open-standards.ts');
  const standards = openStandardsLibrary({
    root,
    universalFolder: shippedStandardsFolders().universal,
    approvals: await approvalsIn(openDatabaseThere, root),
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
async function approvalsIn(
  openDatabaseThere: () => Promise<Database | undefined>,
  root: string,
): Promise<ApprovalLookup> {
  const none: ApprovalLookup = {
    hashesApproved: () => Promise.resolve(new Map()),
    lastApprovals: () => Promise.resolve(new Map()),
  };
  const { sqlApprovalStore } = await import('../../capabilities/approvals/index.ts');
  const { approvalLookup } = await import('../approval-lookup.ts');
  const { createEventBus } = await import('../../platform/events/index.ts');
  const { findProjectKey } = await import('../open-database.ts');
  const database = await openDatabaseThere().catch(() => undefined);
  if (database === undefined) return none;
  try {
    const store = sqlApprovalStore(
      database,
      createEventBus(() => undefined),
    );
    const project = await findProjectKey(database, root);
    if (project === undefined) return none;
    const lookup = approvalLookup(store, project);
    const approved = await lookup.hashesApproved(root);
    const last = await lookup.lastApprovals(root);
    return {
      hashesApproved: () => Promise.resolve(approved),
      lastApprovals: () => Promise.resolve(last),
    };
  } catch {
    return none;
  } finally {
    await database.close();
  }
}
