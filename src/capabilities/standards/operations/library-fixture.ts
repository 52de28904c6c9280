import path from 'node:path';
import type { TestContext } from 'node:test';
import {
  invoke,
  systemClock,
  type AnyOperation,
  type Call,
  type Clock,
  type NewEvent,
} from '../../../kernel/index.ts';
import { openTestSqlite } from '../../../platform/database/testing.ts';
import { openProjectFiles } from '../../../platform/files/index.ts';
import { growTree, temporaryTree, type TreeEntry } from '../../../platform/files/testing.ts';
import { hashOfStandard } from '../document/approvable-text.ts';
import { renderDraft, type StandardDraft } from '../document/render-draft.ts';
import { requiredSections } from '../document/standard.ts';
import { nameOfCheck } from '../health/broken-checks.ts';
import { openStandardsLibrary } from '../library/open-standards-library.ts';
import { standardMigrations } from '../migrations/index.ts';
import type { StandardHit } from '../search/standards-search.ts';
import { lastOf } from '../testing.ts';
import { sqlUseStore } from '../uses/sql-use-store.ts';
import { openStandardUses } from '../uses/standard-uses.ts';
import type { LibraryDeps } from './library-deps.ts';

/** Where a project's standards lie in the tree of a test. */
export const own = 'project/.agent-os/standards';
export const shipped = 'shipped';

/** A whole standard's text. */
export function standardText(id: string, given: Partial<StandardDraft> = {}): string {
  const [domain = '', topic = ''] = id.split('/');
  return renderDraft({
    domain,
    topic,
    title: `About ${topic}`,
    lead: `Do ${topic} as it is written here.`,
    sections: Object.fromEntries(requiredSections.map((heading) => [heading, `Text of ${heading}.`])),
    createdBy: 'architect',
    createdAt: '2026-11-01T00:00:00Z',
    tags: [domain],
    ...given,
  });
}

/** A project with a library, as a process opens it; `approve` is what a person's approval does. */
export async function openLibraryFixture(
  t: TestContext,
  tree: Record<string, TreeEntry>,
  { clock = systemClock, brokenChecks = {} }: { clock?: Clock; brokenChecks?: Record<string, string> } = {},
) {
  const base = await temporaryTree(t, { 'project/.keep': '', 'shipped/.keep': '' });
  await growTree(base, tree);
  const root = path.join(base, 'project');
  const approved = new Map<string, Set<string>>();
  const approvedAt = new Map<string, number>();
  const standards = openStandardsLibrary({
    root,
    universalFolder: path.join(base, 'shipped'),
    approvals: {
      hashesApproved: async () => approved,
      lastApprovals: async () => lastOf(approved.keys(), approvedAt),
    },
    limits: { maxDocumentBytes: 100_000, maxFiles: 1_000 },
  });
  const uses = openStandardUses({
    store: sqlUseStore(await openTestSqlite(t, { migrations: standardMigrations })),
    project: root,
    clock,
    writeEveryMs: 60_000,
    keepDays: 365,
    onError: (error) => {
      throw error;
    },
  });
  let neighbours: Record<string, Pick<StandardHit, 'id' | 'relevance'>[]> = {};
  const person = { isPresent: true };
  const events: NewEvent[] = [];
  const deps: LibraryDeps = {
    library: {
      standards,
      uses,
      files: await openProjectFiles({ root }),
      search: {
        search: async (query) => ({
          results: (neighbours[query] ?? []) as StandardHit[],
          searched: 0,
          sections: 0,
          method: 'keyword',
          methodNote: null,
          indexNote: null,
          skipped: [],
          cached: false,
          bytesOfAll: 0,
        }),
      },
      tryChecks: async (sets) =>
        sets.flatMap(({ id, checks }) =>
          checks.map(nameOfCheck).flatMap((check) => {
            const reason = brokenChecks[check];
            return reason === undefined ? [] : [{ id, check, reason }];
          }),
        ),
      scanForSecrets: async (text) =>
        (await import('../../analyzers/index.ts')).scanForSecrets(text, { strict: true }),
      recordRetirement: async (_call, { id, approvedHash }, write) => {
        const emit = async (event: NewEvent) => void events.push(event);
        await write({ emit, project: root, by: 'josh', channel: 'terminal' });
        if (approvedHash === null) approved.delete(id);
        else approved.set(id, new Set([approvedHash]));
      },
      settings: { usesDays: 365, unusedAfterDays: 90 },
    },
    clock,
    personIsPresent: () => person.isPresent,
  };
  return {
    root,
    base,
    deps,
    uses,
    events,
    approved,
    person,
    place: (id: string) => path.join(root, '.agent-os', 'standards', `${id}.md`),
    approve: (id: string, text: string, at?: number) => {
      approved.set(id, new Set([hashOfStandard(text)]));
      if (at !== undefined) approvedAt.set(id, at);
    },
    /** What a search for a rule finds. */
    findFor: (given: typeof neighbours) => (neighbours = given),
    call: <Output>(
      operation: AnyOperation<LibraryDeps> & { output: { _zod: { output: Output } } },
      input: unknown,
      door: Call['door'] = 'cli',
    ): Promise<Output> =>
      invoke(operation, input, { deps, call: { door, caller: 'test' } }) as Promise<Output>,
  };
}
