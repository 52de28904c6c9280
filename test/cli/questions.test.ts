import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exampleProject } from '../support/troupe/example-project.ts';
import { atTerminal } from '../support/troupe/terminal.ts';

const ctrlC = '\u0003';

describe('a question at the terminal', { skip: process.platform === 'win32' }, () => {
  for (const [name, typed, code] of [
    ['that is answered by no is done', 'n', 0],
    ['that is answered by return alone is done without consent', '\r', 0],
    ['that is left by Ctrl-C is interrupted', ctrlC, 130],
  ] as const) {
    it(`${name}: exit code ${code}, and nothing is changed`, async (t) => {
      const project = await exampleProject(t, { empty: true });
      await project.write('.git/HEAD', '');
      await project.write(
        '.agent-os/personas/dba.md',
        '---\nname: dba\ndescription: Looks after the database.\n---\n\nYou are the dba.\n',
      );
      const session = atTerminal(t, project, ['personas', 'trust', 'dba']);
      await session.until(/exactly this text\? \[y\/N\]/);
      session.type(typed);
      const ended = await session.finished;
      assert.equal(ended.code, code, ended.screen);
      assert.match(ended.screen, /Not trusted\./);
    });
  }
});
