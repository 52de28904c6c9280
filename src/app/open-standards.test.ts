import assert from 'node:assert/strict';
import { realpath } from 'node:fs/promises';
import { it } from 'node:test';
import { systemClock, type Clock } from '../kernel/index.ts';
import { temporaryFolder } from '../platform/database/testing.ts';
import { afterwards } from '../platform/files/testing.ts';
import { openProjectContext } from './project-context.ts';
import { openRuntime } from './runtime.ts';

for (const [set, waited] of [
  ['400', 10_000],
  ['30000', 30_000],
] as const)
  it(`a command waits ten seconds for the model, and longer where more is set: ${waited} ms with ${set}`, async (t) => {
    const root = await realpath(await temporaryFolder(t));
    const sleeps: number[] = [];
    const clock: Clock = {
      ...systemClock,
      sleep(ms, options) {
        sleeps.push(ms);
        return systemClock.sleep(ms, options);
      },
    };
    const env = {
      XDG_CONFIG_HOME: root,
      TROUPE_EMBEDDINGS_MODEL: 'off',
      TROUPE_SEARCH_WAIT_FOR_MODEL_MS: set,
    };
    const context = await openProjectContext({ cwd: root, project: root, env });
    const unexpected = (problem: unknown) => assert.fail(String(problem));
    const runtime = await openRuntime(
      { ...context, clock },
      {
        oneCommand: true,
        workersElsewhere: true,
        personIsPresent: () => false,
        onError: unexpected,
        onNotice: unexpected,
      },
    );
    afterwards(t, () => runtime.close());
    await runtime.deps.standards.search('errors', { limit: 1 });
    assert.deepEqual(
      sleeps.filter((ms) => ms >= 10_000 && ms <= 30_000),
      [waited],
    );
  });
