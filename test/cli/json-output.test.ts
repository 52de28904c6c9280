import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { it } from 'node:test';
import { promisify } from 'node:util';

const script = resolve(import.meta.dirname, '../../scripts/json-output.ts');

it('documents what --json prints as the contracts say it', async () => {
  const run = promisify(execFile)(process.execPath, [script, '--check']);
  await assert.doesNotReject(run, 'run node scripts/json-output.ts');
});
