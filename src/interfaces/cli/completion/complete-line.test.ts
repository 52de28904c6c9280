import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Command } from 'commander';
import { completeLine } from './complete-line.ts';

const program = new Command('troupe').option('--project <folder>', 'Where.');
program
  .command('ask')
  .argument('<task...>')
  .option('--priority <low|normal|high>', 'Place.')
  .option('--context <file>', 'Text.')
  .option('--detach', 'Later.');
program.command('init').option('--client <cursor,codex,vscode>', 'Which.').option('--tags <a,b>', 'Any.');

const complete = (line: string) => completeLine(program, line, ['qa', 'sre']);

describe('completing the value of an option', () => {
  it('offers what its form names, as far as it is typed, also behind an equals sign', () => {
    assert.deepEqual(complete('troupe ask --priority '), ['low', 'normal', 'high']);
    assert.deepEqual(complete('troupe ask "@qa review" --priority n'), ['normal']);
    assert.deepEqual(complete('troupe ask --priority=h'), ['--priority=high']);
  });

  it('offers the rest of a list behind each comma', () => {
    assert.deepEqual(complete('troupe init --client '), ['cursor', 'codex', 'vscode']);
    assert.deepEqual(complete('troupe init --client codex,'), ['codex,cursor', 'codex,vscode']);
    assert.deepEqual(complete('troupe init --client codex,v'), ['codex,vscode']);
  });

  it('offers nothing where the value is any text, so that the shell offers files', () => {
    for (const line of ['troupe ask --context ', 'troupe init --tags ', 'troupe --project '])
      assert.deepEqual(complete(line), [], line);
  });

  it('goes on with the task behind a flag, and behind a value', () => {
    for (const line of ['troupe ask --detach @', 'troupe ask --priority low @'])
      assert.deepEqual(complete(line), ['@qa', '@sre'], line);
  });
});
