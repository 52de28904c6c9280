import assert from 'node:assert/strict';
import path from 'node:path';
import { it } from 'node:test';
import { systemClock } from '../../../kernel/index.ts';
import { openTestSqlite } from '../../../platform/database/testing.ts';
import { temporaryTree } from '../../../platform/files/testing.ts';
import {
  openStandardsLibrary,
  openStandardUses,
  sqlUseStore,
  standardMigrations,
} from '../../standards/index.ts';
import { lastOf } from '../../standards/testing.ts';
import { standardFigures } from './standard-figures.ts';

const dayMs = 86_400_000;

it('[A17] figures of standards name those never found, and apart from them those too new to tell', async (t) => {
  const folder = 'project/.agent-os/standards/a';
  const tree = await temporaryTree(t, {
    [`${folder}/found.md`]: '---\ncreated_at: 2026-01-20T10:00:00Z\n---\n# Found\n',
    [`${folder}/old.md`]: '# Old\n',
    [`${folder}/fresh.md`]: '# Fresh\n',
    [`${folder}/retired.md`]: '---\nstatus: retired\n---\n# Retired\n',
    'shipped/b/shipped.md': '# Shipped\n',
  });
  const root = path.join(tree, 'project');
  let now = Date.UTC(2026, 0, 1);
  const library = openStandardsLibrary({
    root,
    universalFolder: path.join(tree, 'shipped'),
    approvals: {
      hashesApproved: async () => new Map(),
      lastApprovals: async () => lastOf(['a/fresh'], new Map([['a/fresh', now - dayMs]])),
    },
    limits: { maxDocumentBytes: 100_000, maxFiles: 1_000 },
  });
  const uses = openStandardUses({
    store: sqlUseStore(await openTestSqlite(t, { migrations: standardMigrations })),
    project: root,
    clock: { ...systemClock, now: () => now },
    writeEveryMs: 60_000,
    keepDays: 365,
    onError: (error) => {
      throw error;
    },
  });
  let listings = 0;
  const listed: typeof library = {
    ...library,
    list() {
      listings += 1;
      return library.list();
    },
  };
  const figuresNow = () => standardFigures({ library: listed, uses }, { now, days: 30 });
  const unfound = async () => {
    const figures = await figuresNow();
    return [figures.files, figures.never_found, figures.too_new];
  };
  assert.deepEqual(await unfound(), [4, [], ['a/found', 'a/fresh', 'a/old']], 'no search was counted yet');
  uses.note([]);
  await uses.searches(1);
  now += 40 * dayMs;
  uses.note(['a/found']);
  assert.deepEqual(await unfound(), [4, ['a/old'], ['a/fresh']]);
  const { approved, retired, created } = await figuresNow();
  assert.deepEqual({ approved, retired, created }, { approved: 0, retired: 1, created: 1 });
  assert.equal(listings, 3, 'a listing for each time that the figures were asked for');
});
