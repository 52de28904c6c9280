import { join } from 'node:path';
import type { Database } from '../platform/database/index.ts';
import type { ProjectFiles } from '../platform/files/index.ts';
import { homeFolder } from '../platform/user-folders/index.ts';
import type { RuleSet } from '../capabilities/analyzers/index.ts';
import { openEmbedder, userModelsFolder } from '../capabilities/embeddings/index.ts';
import { openStandardsIndex, type StandardsIndex } from '../capabilities/search/index.ts';
import {
  countedSearch,
  maskedSearch,
  openStandardsLibrary,
  openStandardUses,
  shippedStandardsFolders,
  sqlUseStore,
  type ApprovalLookup,
  type CheckProblem,
  type CheckSet,
  type LibraryDeps,
  type StandardsLibrary,
  type StandardsSearch,
  type StandardUses,
} from '../capabilities/standards/index.ts';
import { redactSecrets, runChecks, scanStrictly } from './analyzers-when-needed.ts';
import type { ProjectContext } from './project-context.ts';
import { indexFile, type StateFolder } from './state-folder.ts';

/** A command waits at least so long for the model; an answer by words alone is not what its one search is for. */
const patientMs = 10_000;

/** After its answer a command goes on so long with vectors that are missing; the next one goes on from there. */
const lingerMs = 1_500;

/** A command asks once or twice: what the model takes is given back before a long review needs it. */
const oneCommandIdleMs = 1_000;

/** The standards of a project and the search over them. */
export interface OpenedStandards {
  library: StandardsLibrary;
  index: StandardsIndex;
  /** The index, with every answer counted and the secrets in it masked. */
  search: StandardsSearch;
  uses: StandardUses;
  /** What looking after the library needs. */
  maintenance: Omit<LibraryDeps['library'], 'recordRetirement'>;
  /** Writes what is counted, and closes. Idempotent. */
  close(): Promise<void>;
}

/** Opens the standards; nothing is read, and no model loaded, before the first search. */
export async function openStandards(
  context: ProjectContext,
  parts: {
    state: StateFolder;
    database: Database;
    /** The name by which its rows belong to the project. */
    project: string;
    files: ProjectFiles;
    approvals: ApprovalLookup;
    oneCommand: boolean;
    onError: (error: unknown) => void;
  },
): Promise<OpenedStandards> {
  const { root, settings, clock, env } = context;
  const { standards: limits, search, embeddings } = settings.values;
  const library = openStandardsLibrary({
    root,
    universalFolder: shippedStandardsFolders().universal,
    approvals: parts.approvals,
    limits,
  });
  const uses = openStandardUses({
    store: sqlUseStore(parts.database),
    project: parts.project,
    clock,
    writeEveryMs: limits.writeUsesEveryMs,
    keepDays: limits.usesDays,
    onError: parts.onError,
  });
  const index = await openStandardsIndex({
    library,
    indexFile: join(parts.state.path, indexFile),
    embedder: (signal) =>
      openEmbedder({
        settings: parts.oneCommand
          ? { ...embeddings, idleMs: Math.min(embeddings.idleMs, oneCommandIdleMs) }
          : embeddings,
        env,
        modelsFolder: userModelsFolder({ env, home: homeFolder(), platform: process.platform }),
        clock,
        signal,
      }),
    clock,
    settings: {
      ...search,
      ...(parts.oneCommand
        ? { waitForModelMs: Math.max(patientMs, search.waitForModelMs), lingerMs }
        : { keep: true }),
    },
    onProblem: parts.onError,
  });
  return {
    library,
    index,
    search: maskedSearch(countedSearch(index, uses), redactSecrets),
    uses,
    maintenance: {
      standards: library,
      uses,
      files: parts.files,
      search: index,
      tryChecks: (sets) => tryChecks(root, sets),
      scanForSecrets: (text) => scanStrictly(text),
      settings: limits,
    },
    async close() {
      try {
        await index.close();
      } finally {
        await uses.close();
      }
    },
  };
}

/** Compiles the checks as a run does, over one empty file. */
export async function tryChecks(root: string, sets: readonly CheckSet[]): Promise<CheckProblem[]> {
  const { problems } = await runChecks({
    root,
    files: ['empty.ts'],
    texts: new Map([['empty.ts', '']]),
    // What the schema of standards took is what a rule is made of.
    sets: sets.map(({ id, checks }) => ({ id, appliesTo: [], rules: checks as RuleSet['rules'] })),
    wholeProject: true,
  });
  return problems.map(({ set, rule, message }) => ({ id: set, check: rule, reason: message }));
}
