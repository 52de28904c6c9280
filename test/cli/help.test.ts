import assert from 'node:assert/strict';
import { it } from 'node:test';
import { exampleProject } from '../support/troupe/example-project.ts';
import { runTroupe } from '../support/troupe/troupe-process.ts';

it('help tells of every command, or of the one that is named, of any depth', async (t) => {
  const project = await exampleProject(t, { empty: true });
  const all = await runTroupe(t, project, ['help']);
  assert.match(all.stdout, /^Usage: troupe \[options\] \[command\]/);
  for (const words of [['ask'], ['jobs'], ['jobs', 'list'], ['standards', 'search']]) {
    const named = await runTroupe(t, project, ['help', ...words]);
    assert.equal(named.code, 0);
    assert.ok(named.stdout.startsWith(`Usage: troupe ${words.join(' ')} `), named.stdout);
    assert.equal(named.stdout, (await runTroupe(t, project, [...words, '--help'])).stdout);
  }
});
