import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderSettingsReference } from './index.ts';
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
