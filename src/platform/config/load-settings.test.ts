import assert from 'node:assert/strict';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import fc from 'fast-check';
import { growTree, temporaryTree, type TreeEntry } from '../files/testing.ts';
import { loadSettings } from './index.ts';

interface Given {
  project?: TreeEntry;
  user?: string;
  env?: Record<string, string>;
  flags?: Record<string, unknown>;
  listFaults?: boolean;
}

/** Settings of a temporary project and user folder. */
async function load(t: TestContext, { project, user, env = {}, flags = {}, listFaults = false }: Given) {
  const root = await temporaryTree(t, {
    'project/src/a.ts': '',
    'home/.keep': '',
    ...(project === undefined ? {} : { 'project/.agent-os/config.yaml': project }),
    ...(user === undefined ? {} : { 'home/config.yaml': user }),
  });
  const userConfigDir = path.join(root, 'home');
  const projectRoot = path.join(root, 'project');
  const settings = await loadSettings({ projectRoot, env, userConfigDir, flags, listFaults });
  const explained = (key: string) => settings.explain().find((one) => one.key === key)!;
  return { ...settings, explained, userFile: path.join(userConfigDir, 'config.yaml') };
}

test('[A24] every figure of the job design is a named setting with its default', async (t) => {
  const { values } = await load(t, {});
  const { jobs, models, database, retention, work } = values;
  assert.deepEqual(
    [
      jobs.workers,
      jobs.maxRunningPerProject,
      jobs.maxWaiting,
      jobs.maxCreatedPerMinute,
      jobs.maxContextBytes,
    ],
    [3, 6, 500, 60, 100_000],
  );
  assert.deepEqual(
    [jobs.maxDurationMs, jobs.leaseMs, jobs.heartbeatMs, jobs.maxAttempts],
    [1_800_000, 30_000, 10_000, 3],
  );
  assert.deepEqual([work.maxTurns, work.maxOutputTokens], [25, 4_096]);
  const { idleTimeoutMs, callTimeoutMs, connectTimeoutMs, maxRetries, retryDelayMs } = models;
  assert.deepEqual(
    [idleTimeoutMs, callTimeoutMs, connectTimeoutMs, maxRetries, retryDelayMs],
    [60_000, 600_000, 5_000, 2, 1_000],
  );
  assert.deepEqual([database.busyTimeoutMs, database.driverWaitMs], [5_000, 50]);
  assert.deepEqual([database.cleanupAtMb, database.refuseAtMb], [100, 1_024]);
  assert.deepEqual(retention, {
    completeDays: 7,
    failedDays: 30,
    cancelledDays: 7,
    emergencyCompleteDays: 3,
    emergencyFailedDays: 14,
    emergencyCancelledDays: 1,
    cleanupHour: 3,
  });
});

test('[A25] personas are switched off in all, by name, and by profile', async (t) => {
  const { values } = await load(t, {
    project: 'personas:\n  enabled: false\n  disabled: [sre, qa]\n  profile: core\n',
  });
  assert.deepEqual(values.personas, {
    enabled: false,
    disabled: ['sre', 'qa'],
    profile: 'core',
    maxDocumentBytes: 50_000,
    maxFiles: 500,
  });
});

test('each value tells where it comes from', async (t) => {
  const settings = await load(t, {
    project: '# ours\njobs:\n  workers: 2\n  max_waiting: 10\n',
    user: 'jobs:\n  workers: 1\nlogging: { level: debug }\n',
    env: { TROUPE_JOBS_MAX_WAITING: '20', TROUPE_JOBS_MAX_ATTEMPTS: '' },
    flags: { 'jobs.lease_ms': '60000', 'work.maxTurns': undefined },
  });
  const { explained, userFile } = settings;
  const shown = (key: string) => `${JSON.stringify(explained(key).value)} ${explained(key).origin}`;
  assert.equal(shown('jobs.workers'), '2 .agent-os/config.yaml:3');
  assert.equal(shown('jobs.max_waiting'), '20 env TROUPE_JOBS_MAX_WAITING');
  assert.equal(shown('jobs.lease_ms'), '60000 flag');
  assert.equal(shown('logging.level'), `"debug" ${userFile}:3`);
  assert.equal(shown('jobs.max_attempts'), '3 default');
  assert.equal(settings.values.jobs.leaseMs, 60_000);
  assert.deepEqual(settings.problems, []);
});

test('[X9] an unknown key is reported with its line and the nearest one, and hides nothing else', async (t) => {
  const { problems, values } = await load(t, {
    project: 'jobs:\n  workers: 2\n  max_waitting: 9\nfrobnicate: 1\n',
    env: { TROUPE_JOBS_WORKRES: '4', TROUPE_MODEL: 'ollama/x', TROUPE_UNRELATED: '1' },
  });
  assert.equal(values.jobs.workers, 2);
  assert.deepEqual(
    problems.map(
      ({ code, place, message }) => `${code} ${place} ${/did you mean ([^?]+)/.exec(message)?.[1]}`,
    ),
    [
      'config.unknown_key .agent-os/config.yaml:3 jobs.max_waiting',
      'config.unknown_key .agent-os/config.yaml:4 undefined',
      'config.unknown_key env TROUPE_JOBS_WORKRES jobs.workers',
    ],
  );
});

test('a wrong value is an error at its place, and the value itself is not repeated', async (t) => {
  const rejects = (given: Given, place: RegExp) =>
    assert.rejects(load(t, given), (error: Error & { code?: string }) => {
      assert.equal(error.code, 'config.invalid');
      assert.match(error.message, place);
      assert.doesNotMatch(error.message, /hunter2/);
      return true;
    });
  await rejects(
    { project: '\njobs:\n  workers: hunter2\n' },
    /^\.agent-os\/config\.yaml:3: jobs\.workers is not usable: a text of 7 characters is no whole number from 0 to 64\.$/,
  );
  await rejects({ project: 'jobs: hunter2\n' }, /^\.agent-os\/config\.yaml:1: jobs /);
  await rejects({ project: '- hunter2\n' }, /^\.agent-os\/config\.yaml:1: the file /);
  await rejects(
    { user: 'jobs:\n  workers: 65\n' },
    /config\.yaml:2: jobs\.workers is not usable: 65 is no whole number from 0 to 64\.$/,
  );
  await rejects(
    { user: 'models:\n  chain:\n    - { provider: x, kee: hunter2 }\n' },
    /:2: models\.chain .*"kee"/,
  );
  await rejects(
    { env: { TROUPE_PERSONAS_ENABLED: 'hunter2' } },
    /^env TROUPE_PERSONAS_ENABLED: personas\.enabled /,
  );
  await rejects({ flags: { 'jobs.workers': 1.5 } }, /^--set: jobs\.workers /);
  await rejects(
    { user: 'jobs:\n  heartbeat_ms: 20000\n' },
    /:2: jobs\.heartbeat_ms .*half of jobs\.lease_ms \(30000\)/,
  );
  await rejects(
    { flags: { 'database.cleanupAtMb': 5_000 } },
    /^flag: database\.cleanup_at_mb .*refuse_at_mb/,
  );
});

test('a flag that does not exist is refused with the nearest one', async (t) => {
  await assert.rejects(load(t, { flags: { 'jobs.worker': 1 } }), {
    code: 'config.unknown_key',
    message: /jobs\.workers/,
  });
});

test('a file that is no YAML is an error at its line, without an excerpt', async (t) => {
  const rejects = (project: string, place: RegExp) =>
    assert.rejects(load(t, { project }), (error: Error & { code?: string }) => {
      assert.equal(error.code, 'config.unreadable');
      assert.match(error.message, place);
      assert.doesNotMatch(error.message, /hunter2/);
      return true;
    });
  await rejects('jobs:\n  workers: "hunter2\n', /^\.agent-os\/config\.yaml:\d/);
  await rejects('jobs:\n  workers: 1\n  workers: 2 # hunter2\n', /config\.yaml:3.*twice/);
  await rejects(`personas:\n  disabled: [${'*hunter2, '.repeat(3)}]\n`, /config\.yaml:2/);
  await rejects(`# ${'x'.repeat(270_000)}\n`, /270\d+ bytes, the limit is 262144/);
});

test('an empty file, and empty groups, change nothing', async (t) => {
  const { values, problems } = await load(t, {
    project: '# nothing yet\n',
    user: 'jobs:\nmodels:\n  chain:\n',
  });
  assert.equal(values.jobs.workers, 3);
  assert.deepEqual(problems, []);
});

test('without a project there are the other layers', async (t) => {
  const home = await temporaryTree(t, { 'config.yaml': 'jobs: { workers: 1 }' });
  const { values } = await loadSettings({ projectRoot: undefined, env: {}, userConfigDir: home });
  assert.equal(values.jobs.workers, 1);
});

test('a chain is written as names or with all its fields, in files and in the environment', async (t) => {
  const chain =
    '\nmodels:\n  chain:\n    - anthropic/some-model\n    - provider: ollama\n      model: org/small\n      base_url: http://localhost:1\n';
  const fromFile = await load(t, { user: chain });
  assert.deepEqual(fromFile.values.models.chain, [
    { provider: 'anthropic', model: 'some-model' },
    { provider: 'ollama', model: 'org/small', base_url: 'http://localhost:1' },
  ]);
  const fromEnv = await load(t, { env: { TROUPE_MODELS_CHAIN: 'openai/a, ollama' } });
  assert.deepEqual(fromEnv.values.models.chain, [{ provider: 'openai', model: 'a' }, { provider: 'ollama' }]);
  const json = '[{"provider":"openai","model":"a","temperature":0.2}]';
  const fromJson = await load(t, { env: { TROUPE_MODELS_CHAIN: json } });
  assert.equal(fromJson.values.models.chain[0]?.temperature, 0.2);
});

test('a secret is never explained', async (t) => {
  const { explained, values } = await load(t, {
    env: { TROUPE_DATABASE_URL: 'postgres://me:hunter2@host/db' },
  });
  assert.match(values.database.url ?? '', /hunter2/);
  assert.deepEqual([explained('database.url').value, explained('database.url').secret], ['(hidden)', true]);
  assert.equal((await load(t, {})).explained('database.url').value, undefined);
});

test('the nearest layer that names a setting decides it, for any choice of layers', async (t) => {
  const root = await temporaryTree(t);
  const keys = ['jobs.max_waiting', 'jobs.poll_ms', 'files.max_files', 'personas.max_files'] as const;
  const values = fc.record(
    Object.fromEntries(keys.map((key) => [key, fc.integer({ min: 10, max: 10_000 })])),
    { requiredKeys: [] },
  );
  const yaml = (layer: Record<string, number | undefined>) => {
    const groups = Map.groupBy(Object.entries(layer), ([key]) => key.split('.')[0]!);
    const lines = (entries: [string, number | undefined][]) =>
      entries.map(([key, value]) => `  ${key.split('.')[1]}: ${value}\n`);
    return [...groups].map(([area, entries]) => `${area}:\n${lines(entries).join('')}`).join('');
  };
  const property = fc.asyncProperty(values, values, values, values, async (user, project, env, flags) => {
    await growTree(root, { 'config.yaml': yaml(user), '.agent-os/config.yaml': yaml(project) });
    const settings = await loadSettings({
      projectRoot: root,
      userConfigDir: root,
      env: Object.fromEntries(
        Object.entries(env).map(([key, value]) => [
          `TROUPE_${key.replace('.', '_').toUpperCase()}`,
          String(value),
        ]),
      ),
      flags,
    });
    for (const one of settings.explain()) {
      const layers: [value: number | undefined, origin: RegExp][] = [
        [flags[one.key], /^flag$/],
        [env[one.key], /^env TROUPE_/],
        [project[one.key], /^\.agent-os\/config\.yaml:\d+$/],
        [user[one.key], /config\.yaml:\d+$/],
      ];
      const winner = layers.find(([value]) => value !== undefined);
      assert.match(one.origin, winner?.[1] ?? /^default$/);
      if (winner !== undefined) assert.equal(one.value, winner[0]);
    }
  });
  await fc.assert(property, { numRuns: 60 });
});

test('all that cannot be used is told at once, with what was given where it can be no secret', async (t) => {
  const given = {
    project: 'jobs:\n  workers: many\n  max_waiting: -1\n  poll_ms: sk-12345\nlogging:\n  level: loud\n',
  };
  await assert.rejects(load(t, given), (error: Error & { code?: string }) => {
    assert.equal(error.code, 'config.several_invalid');
    assert.match(error.message, /^4 settings cannot be used\. /);
    assert.match(
      error.message,
      /config\.yaml:2: jobs\.workers is not usable: "many" is no whole number from 0 to 64\./,
    );
    assert.match(
      error.message,
      /config\.yaml:3: jobs\.max_waiting is not usable: -1 is no whole number from /,
    );
    assert.match(
      error.message,
      /config\.yaml:4: jobs\.poll_ms is not usable: a text of 8 characters is no whole/,
    );
    assert.match(error.message, /config\.yaml:6: logging\.level is not usable: .*"loud"/);
    return true;
  });
});

test('[A24] what cannot be used is listed beside all other problems where that is asked for, each place once', async (t) => {
  const { problems, values } = await load(t, {
    project: 'jobs:\n  workers: banana\n  wrkers: 2\nmodels: 7\n',
    user: 'jobs: {lease_ms: [\n',
    env: { TROUPE_JOBS_MAX_WAITING: 'many' },
    listFaults: true,
  });
  assert.deepEqual(
    problems.map(({ code, place }) => `${code} ${place.split('/').at(-1)!}`),
    [
      'config.unreadable config.yaml:2',
      'config.invalid config.yaml:2',
      'config.invalid config.yaml:4',
      'config.invalid env TROUPE_JOBS_MAX_WAITING',
      'config.unknown_key config.yaml:3',
    ],
  );
  for (const { place, message } of problems) assert.ok(!message.includes(place), message);
  assert.equal(values.jobs.workers, 3, 'a value that cannot be used is as if it were not there');
});
