import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { renderSettingsReference, userConfigFolder } from './index.ts';
import { settingKeys } from './setting-keys.ts';

test('the reference names every setting with default, range, trust and variable', () => {
  const reference = renderSettingsReference();
  for (const { fileKey, env } of settingKeys.values()) {
    assert.ok(reference.includes(`| \`${fileKey}\` |`) && reference.includes(`| \`${env}\` |`), fileKey);
  }
  const row = reference.split('\n').find((line) => line.startsWith('| `jobs.max_waiting`'));
  assert.match(row ?? '', /\| 500 \| 0 to 1,000,000 \| .* \| yes \| `TROUPE_JOBS_MAX_WAITING` \|$/);
  assert.match(reference, /\| `mcp\.profile` \| `"full"` \| full, compact \|/);
  assert.match(reference, /\| `database\.url` \| not set \| text \| .* \| no \|/);
});

test("the user's folder follows the system's habits, and relative values are not taken", () => {
  const home = path.resolve('/home/someone');
  const folder = (env: Record<string, string>, platform: NodeJS.Platform) =>
    userConfigFolder({ env, home, platform });
  assert.equal(folder({}, 'linux'), path.join(home, '.config', 'troupe'));
  assert.equal(
    folder({ XDG_CONFIG_HOME: path.resolve('/x') }, 'darwin'),
    path.join(path.resolve('/x'), 'troupe'),
  );
  assert.equal(folder({ XDG_CONFIG_HOME: 'relative' }, 'linux'), path.join(home, '.config', 'troupe'));
  assert.equal(
    folder({ APPDATA: path.resolve('/roaming') }, 'win32'),
    path.join(path.resolve('/roaming'), 'troupe'),
  );
});
