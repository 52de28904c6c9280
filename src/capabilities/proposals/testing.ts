import assert from 'node:assert/strict';
import { mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { TestContext } from 'node:test';
import {
  invoke,
  systemClock,
  systemIds,
  type AnyOperation,
  type Call,
  type Clock,
} from '../../kernel/index.ts';
import { openTestSqlite, temporaryFolder } from '../../platform/database/testing.ts';
import { createEventBus, eventMigrations } from '../../platform/events/index.ts';
import { openProjectFiles } from '../../platform/files/index.ts';
import { isCode, runChecks, scanForSecrets, type RuleSet } from '../analyzers/index.ts';
import {
  approvalMigrations,
  approvalOperations,
  openApprovals,
  sqlApprovalStore,
  type ApprovalDeps,
  type ApprovalKind,
} from '../approvals/index.ts';
import { placesFlagged } from '../checks/index.ts';
import {
  openStandardsLibrary,
  type CheckProblem,
  type CheckSet,
  type StandardsLibrary,
  type StandardsSearch,
} from '../standards/index.ts';
import {
  openProposalDesk,
  proposalMigrations,
  proposalOperations,
  sqlProposalStore,
  standardKind,
  standardKindName,
  type DraftSources,
  type ProposalDeps,
  type StandardKindOptions,
} from './index.ts';

const migrations = [...eventMigrations, ...approvalMigrations, ...proposalMigrations];

/** A Markdown body with every section, told apart by its rule. */
export const bodyOf = (rule = 'Answer every failure with problem details.') =>
  [
    '# Error responses',
    rule,
    ...['Context', 'Pattern', 'Examples', 'Anti-patterns', 'When to revisit'].map(
      (s) => `## ${s}\n\nText of ${s}.`,
    ),
  ].join('\n\n');

export const draft = (changes: Record<string, unknown> = {}) => ({
  domain: 'architecture',
  topic: 'error-responses',
  content: bodyOf(),
  created_by: 'architect',
  ...changes,
});

export interface ProjectOptions {
  /** Folder of a project that was opened before: another process of the same project. */
  root?: string;
  clock?: Clock;
  person?: string;
  personIsPresent?: () => boolean;
  limits?: { maxTextBytes?: number; maxRevisions?: number; maxWaiting?: number };
  reviseByPersona?: StandardKindOptions['reviseByPersona'];
  /** Stands before the kind that writes, to make it fail. */
  kind?: (real: ApprovalKind) => ApprovalKind;
}

/** A project with an inbox and a desk for proposals, all real, on a SQLite file. */
export async function openProject(t: TestContext, options: ProjectOptions = {}) {
  const root = options.root ?? (await realpath(await temporaryFolder(t)));
  const { clock = systemClock, person = 'josh', personIsPresent = () => true } = options;
  const limits = { maxTextBytes: 50_000, maxRevisions: 5, maxWaiting: 200, ...options.limits };
  for (const folder of ['.agent-os', 'shipped']) await mkdir(path.join(root, folder), { recursive: true });
  const database = await openTestSqlite(t, { folder: path.join(root, '.agent-os'), migrations });
  const bus = createEventBus((error) => assert.fail(String(error)));
  const store = sqlApprovalStore(database, bus);
  const ids = systemIds;
  const approvals = openApprovals({ store, clock, ids, project: root, maxWaiting: limits.maxWaiting });
  const library = openStandardsLibrary({
    root,
    universalFolder: path.join(root, 'shipped'),
    approvals: {
      hashesApproved: (project, subjects) => store.hashesApproved(project, standardKindName, subjects),
      lastApprovals: (project) => store.lastApprovals(project, standardKindName),
    },
    limits: { maxDocumentBytes: 100_000, maxFiles: 1_000 },
  });
  const files = await openProjectFiles({ root });
  const scan = (text: string) => scanForSecrets(text, { name: 'standard.md', strict: true });
  const proposals = sqlProposalStore(database);
  const problems: unknown[] = [];
  const facts: DraftSources = {
    search: () => Promise.resolve(everything(library)),
    library: () => Promise.resolve(library),
    tryCheck: (given) =>
      placesFlagged(given, {
        files,
        runChecks,
        isCode: (file) => Promise.resolve(isCode(file)),
        settings: { ruleTimeoutMs: 5_000 },
      }),
    onProblem: (error) => problems.push(error),
  };
  let refreshes = 0;
  const refreshIndex = () => Promise.resolve(void (refreshes += 1));
  const desk = openProposalDesk({
    approvals,
    store: proposals,
    clock,
    ids,
    root,
    scanForSecrets: scan,
    facts,
    limits,
  });
  const kind = standardKind({
    approvals,
    store: proposals,
    root,
    scanForSecrets: scan,
    maxTextBytes: limits.maxTextBytes,
    facts,
    reviseByPersona: options.reviseByPersona,
    readAdopted: async (id) => (await library.read(await library.find(id))).text,
    refreshIndex,
  });
  approvals.register(options.kind?.(kind) ?? kind);
  const presence = { personIsPresent, personName: () => person };
  const deps: ApprovalDeps & ProposalDeps = {
    inbox: { approvals, clock, scanForSecrets: scan, maxRevisions: limits.maxRevisions, ...presence },
    proposals: {
      desk,
      store: proposals,
      approvals,
      library: () => Promise.resolve(library),
      scanForSecrets: scan,
      facts,
      tryChecks: (sets) => compiled(root, sets),
      readDraft: (file) => files.readText(file, { isKept: true }),
      refreshIndex,
      draftsFromJob: () => Promise.resolve([]),
      languageDrafts: () => Promise.resolve({ languages: [], drafts: [] }),
      ...presence,
    },
  };
  const operations: readonly AnyOperation<typeof deps>[] = [...approvalOperations, ...proposalOperations];
  const standardFile = (id: string) => path.join(root, '.agent-os', 'standards', ...`${id}.md`.split('/'));
  return {
    root,
    database,
    approvals,
    store,
    proposals,
    desk,
    library,
    deps,
    operations,
    problems,
    facts,
    refreshes: () => refreshes,
    standardFile,
    /** Calls an operation as the command line does, or as another door. */
    async call(name: string, input: object, given: Partial<Call> = {}) {
      const operation = operations.find((candidate) => candidate.name === name)!;
      const call: Call = { door: 'cli', caller: 'test', ...given };
      return (await invoke(operation, input, { deps, call })) as Record<string, unknown>;
    },
    read: (id: string) => readFile(standardFile(id), 'utf8'),
    async writeByHand(id: string, text: string) {
      await mkdir(path.dirname(standardFile(id)), { recursive: true });
      await writeFile(standardFile(id), text);
    },
  };
}

/** An opened project of a test. */
export type TestProject = Awaited<ReturnType<typeof openProject>>;

/** A search that finds every standard, so that the comparison alone decides what is near. */
function everything(library: StandardsLibrary): StandardsSearch {
  return {
    async search() {
      const { entries } = await library.list();
      const results = entries.map((entry) => ({
        ...{ id: entry.id, file: entry.file, layer: entry.layer, approval: entry.approval },
        ...{ section: '', line: 1, content: '', tags: [], relevance: 1, reason: '', citation: '' },
      }));
      const figures = { searched: entries.length, sections: 0, bytesOfAll: 0, cached: false };
      return { results, ...figures, method: 'keyword', methodNote: null, indexNote: null, skipped: [] };
    },
  };
}

/** Compiles checks as a run does, over one empty file. */
async function compiled(root: string, given: readonly CheckSet[]): Promise<CheckProblem[]> {
  const file = 'empty.ts';
  const sets = given.map(({ id, checks }) => ({ id, appliesTo: [], rules: checks as RuleSet['rules'] }));
  const { problems } = await runChecks({
    root,
    files: [file],
    texts: new Map([[file, '']]),
    sets,
    wholeProject: true,
  });
  return problems.map(({ set, rule, message }) => ({ id: set, check: rule, reason: message }));
}

/** Shows a request to the person and approves it. */
export async function approve(project: TestProject, number = 1): Promise<Record<string, unknown>> {
  await project.call('inbox.show', { number: String(number) });
  return project.call('inbox.approve', { number: String(number) });
}
