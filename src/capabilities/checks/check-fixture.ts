import path from 'node:path';
import type { TestContext } from 'node:test';
import { invoke, type Call } from '../../kernel/index.ts';
import { openProjectFiles } from '../../platform/files/index.ts';
import { growTree, temporaryTree } from '../../platform/files/testing.ts';
import { makeRepository } from '../../platform/git/testing.ts';
import { isCode, redactSecrets, runChecks } from '../analyzers/index.ts';
import { wordSearch } from '../search/testing.ts';
import { hashOfStandard, openStandardsLibrary } from '../standards/index.ts';
import { lastOf } from '../standards/testing.ts';
import type { ChecksDeps, ChecksSettings } from './checks-deps.ts';
import type { CheckInput, CheckOutput } from './contract/index.ts';
import type { Judge } from './judge/judge.ts';
import { checkAgainstStandards } from './operations/check-against-standards.ts';

const settings: ChecksSettings = {
  ruleTimeoutMs: 5_000,
  judgeWaitMs: 1_000,
  maxJudged: 2,
  maxDiffBytes: 1_000_000,
  gitTimeoutMs: 20_000,
  maxFileBytes: 1_000_000,
};

/** A standard as people write it; `front` are further lines of its front matter. */
export function standardText(
  title: string,
  front: readonly string[],
  pattern = 'Do it.',
  antiPatterns = 'Not that.',
): string {
  return [
    '---',
    'tags: [a, b]',
    ...front,
    '---',
    `# ${title}`,
    '',
    `${title} matters. Keep it.`,
    '',
    '## Context',
    'Why.',
    '## Pattern',
    pattern,
    '## Examples',
    'None.',
    '## Anti-patterns',
    antiPatterns,
    '## When to revisit',
    'Never.',
    '',
  ].join('\n');
}

export const loggingRule = [
  'check:',
  '  - id: no-console-log',
  '    language: typescript',
  '    severity: medium',
  '    message: Log through the logger.',
  '    rule: { pattern: console.log($$$A) }',
];

/** A repository with standards of its own and shipped ones, and the operation over it. */
export async function checkedProject(
  t: TestContext,
  given: {
    files?: Record<string, string>;
    /** By id. */
    standards?: Record<string, string>;
    shipped?: Record<string, string>;
    /** Texts that a person approved, by id; all standards as they are when left out. */
    approved?: Record<string, string>;
    judge?: Judge;
    settings?: Partial<ChecksSettings>;
  },
) {
  const base = await temporaryTree(t);
  const repository = await makeRepository(base, 'project');
  const { standards = {}, shipped = {}, approved = standards } = given;
  const inFolder = (folder: string, texts: Record<string, string>) =>
    Object.fromEntries(Object.entries(texts).map(([id, text]) => [`${folder}/${id}.md`, text]));
  await repository.write({ ...given.files, ...inFolder('.agent-os/standards', standards) });
  await growTree(base, { 'shipped/.keep': '', ...inFolder('shipped', shipped) });
  repository.commit();
  const hashes = new Map(Object.entries(approved).map(([id, text]) => [id, new Set([hashOfStandard(text)])]));
  const files = await openProjectFiles({ root: repository.root });
  const library = openStandardsLibrary({
    root: repository.root,
    universalFolder: path.join(base, 'shipped'),
    approvals: {
      hashesApproved: () => Promise.resolve(hashes),
      lastApprovals: async () => lastOf(hashes.keys()),
    },
    limits: { maxDocumentBytes: 1_000_000, maxFiles: 1_000 },
  });
  const deps: ChecksDeps = {
    checks: {
      library,
      files,
      search: await wordSearch(t, library, path.join(base, 'standards.db')),
      judge: given.judge,
      runChecks,
      isCode: (file) => Promise.resolve(isCode(file)),
      redact: redactSecrets,
      settings: { ...settings, ...given.settings },
    },
  };
  const call: Call = { door: 'internal', caller: 'test' };
  const check = (input: Partial<CheckInput> = {}): Promise<CheckOutput> =>
    invoke(checkAgainstStandards, input, { deps, call });
  const approve = (id: string, text: string) => hashes.set(id, new Set([hashOfStandard(text)]));
  return { ...repository, base, check, deps, approve };
}
