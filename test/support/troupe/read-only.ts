import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { afterwards } from '../../../src/platform/files/testing.ts';
import { exampleProject, type ExampleProject } from './example-project.ts';

/** Rights do not bind root: its processes are started without the privilege that makes it so. */
const boundRoot = ['setpriv', '--inh-caps=-all', '--bounding-set=-dac_override,-dac_read_search'] as const;

/** The example shop for processes that rights bind, also those of root; skips where that cannot be, which CI does not accept. */
export async function boundProject(t: TestContext): Promise<ExampleProject | undefined> {
  const project = await exampleProject(t);
  if (process.getuid?.() !== 0) return project;
  const [command, ...args] = boundRoot;
  try {
    execFileSync(command, [...args, 'true'], { stdio: 'ignore' });
  } catch {
    assert.ok(
      process.env['CI'] !== 'true',
      'rights bind nobody here; run as an ordinary user, or with setpriv',
    );
    t.skip('rights bind root only with setpriv');
    return undefined;
  }
  return { ...project, startedBy: boundRoot };
}

/** Takes away the right to write a folder and all below it; the function it gives, or the test's end, gives it back. */
export async function forbidWriting(t: TestContext, folder: string): Promise<() => Promise<void>> {
  const below = await readdir(folder, { recursive: true, withFileTypes: true });
  const places = [
    { place: folder, mode: 0o755 },
    ...below.map((entry) => ({
      place: join(entry.parentPath, entry.name),
      mode: entry.isDirectory() ? 0o755 : 0o644,
    })),
  ];
  let isForbidden = true;
  const allow = async () => {
    if (isForbidden) for (const { place, mode } of places) await chmod(place, mode);
    isForbidden = false;
  };
  for (const { place, mode } of places) await chmod(place, mode & 0o555);
  afterwards(t, allow);
  return allow;
}
