import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { invoke } from '../../../kernel/index.ts';
import { growTree, temporaryTree } from '../../../platform/files/testing.ts';
import { hashOfStandard, openStandardsLibrary } from '../../standards/index.ts';
import { lastOf } from '../../standards/testing.ts';
import type { ExportOutput } from '../contract/index.ts';
import { exportStandards } from './export-standards.ts';

/** A standard for some files. */
export const errors = `---
tags: [api, errors]
applies_to: ['src/**/*.ts']
---
# Error responses

Report every failure in one shape.

## Context
Why.
## Pattern
1. One format.
   Built in one place.
   - 400 malformed
2. Codes are stable.
## Examples
None.
## Anti-patterns
- 200 with an error inside.
## When to revisit
Never.
`;
/** A standard for every file. */
export const waiting = errors
  .replace('# Error responses', '# Waiting')
  .replace("applies_to: ['src/**/*.ts']\n", '');

/** A project with a library of standards, all approved unless `approved` names some. */
export async function project(
  t: TestContext,
  standards: Record<string, string>,
  given: { approved?: string[]; shipped?: Record<string, string> } = {},
) {
  const base = await temporaryTree(t, { 'project/.git/HEAD': '', 'shipped/.keep': '' });
  const root = path.join(base, 'project');
  const write = (tree: Record<string, string>) => growTree(root, tree);
  const put = (folder: string, texts: Record<string, string>) =>
    Object.fromEntries(Object.entries(texts).map(([id, text]) => [`${folder}/${id}.md`, text]));
  await write(put('.agent-os/standards', standards));
  await growTree(base, put('shipped', given.shipped ?? {}));
  const approved = new Map(
    Object.entries(standards)
      .filter(([id]) => given.approved?.includes(id) ?? true)
      .map(([id, text]) => [id, new Set([hashOfStandard(text)])]),
  );
  const library = openStandardsLibrary({
    root,
    universalFolder: path.join(base, 'shipped'),
    approvals: {
      hashesApproved: () => Promise.resolve(approved),
      lastApprovals: async () => lastOf(approved.keys()),
    },
    limits: { maxDocumentBytes: 1_000_000, maxFiles: 100 },
  });
  const run = (target: string, more: object = {}): Promise<ExportOutput> =>
    invoke(
      exportStandards,
      { target, ...more },
      { deps: { exports: { library, root } }, call: { door: 'cli', caller: 'test' } },
    );
  const read = (file: string) => readFile(path.join(root, file), 'utf8');
  return { base, root, run, read, write, approved };
}

/** What was done with each file, in a line. */
export const done = ({ files }: ExportOutput) => files.map(({ path: file, action }) => `${action} ${file}`);
