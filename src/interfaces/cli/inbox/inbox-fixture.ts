import assert from 'node:assert/strict';
import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { proposalErrors } from '../../../capabilities/proposals/index.ts';
import { draft, openProject, type TestProject } from '../../../capabilities/proposals/testing.ts';
import type { CliHost } from '../cli-host.ts';
import { runCli } from '../run-cli.ts';
import type { RecordingTerminal } from '../testing.ts';

/** The standard that the one proposal is about. */
export const id = 'architecture/error-responses';

/** The command line of a person, over a project with one proposal. */
export async function desk(
  t: TestContext,
  terminal: RecordingTerminal,
  options: { editor?: string; revises?: boolean } = {},
) {
  const project = await openProject(t, {
    personIsPresent: () => terminal.inIsTerminal,
    ...(options.revises === true ? { reviseByPersona: () => Promise.resolve({ jobId: '0196-7c1e' }) } : {}),
  });
  await project.call('proposals.create', draft(), { door: 'mcp' });
  const env: NodeJS.ProcessEnv = { ...process.env, VISUAL: '' };
  if (options.editor !== undefined) {
    const script = path.join(project.root, 'editor.mjs');
    await writeFile(script, options.editor);
    env['EDITOR'] = `"${process.execPath}" "${script}"`;
  }
  const host: CliHost<TestProject['deps']> = {
    version: '0',
    operations: project.operations,
    terminal,
    cwd: project.root,
    env,
    openSession: () =>
      Promise.resolve({
        root: project.root,
        personaNames: () => Promise.resolve([]),
        deps: () => Promise.resolve(project.deps),
        work: () => assert.fail('nothing is worked on'),
        close: () => Promise.resolve(),
      }),
    serveMcp: () => assert.fail('nothing is served'),
    categoryOf: (code) =>
      Promise.resolve(proposalErrors.definitions[code as 'proposals.in_the_way']?.category),
    interrupted: new AbortController().signal,
    extraCommands: [],
  };
  return {
    project,
    env,
    run: (...args: string[]) => runCli(host, args),
    isWritten: async () => (await stat(project.standardFile(id)).catch(() => undefined)) !== undefined,
  };
}

/** A script that changes the text it is given, as an editor does. */
export const editing = (change: string) => `
  import { readFileSync, writeFileSync } from 'node:fs';
  const file = process.argv[2];
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, ${change});
`;
