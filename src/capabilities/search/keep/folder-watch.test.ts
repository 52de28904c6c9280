import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, rmSync, watch as watchFolder, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { afterwards, temporaryTree } from '../../../platform/files/testing.ts';
import { recordedSignal } from '../../../../test/support/recorded-signal.ts';
import { FolderWatch } from './folder-watch.ts';

describe('a watched folder', () => {
  for (const [what, folders] of [
    ['itself', ['standards']],
    ['one below it', ['standards', 'a']],
    ['the one above it', ['.']],
  ] as const)
    it(`tells of changes after ${what} was made anew in the same moment`, async (t) => {
      const root = await temporaryTree(t, { 'project/keep.md': '' });
      const project = path.join(root, 'project');
      const changed = recordedSignal<undefined>();
      const watch = new FolderWatch(path.join(project, 'standards'), () => changed.emit(undefined));
      afterwards(t, () => watch.close());
      const made = path.join(project, ...folders);
      const place = path.join(project, 'standards', 'a');
      mkdirSync(place, { recursive: true });
      await watch.sync();
      for (let round = 0; round < 10; round += 1) {
        // On many systems the new one has the number of the old one, and was born in the same tick of the clock.
        rmSync(made, { recursive: true });
        mkdirSync(made, { recursive: true });
        await changed.next();
        await watch.sync();
        // More than the removal alone could tell of.
        for (let file = 0; file < 10; file += 1) {
          mkdirSync(place, { recursive: true });
          writeFileSync(path.join(place, `${file}.md`), '');
          await changed.next();
          await watch.sync();
        }
      }
      assert.ok(watch.isComplete);
    });

  for (const [what, there, made] of [
    ['itself', '.agent-os', '.agent-os/standards'],
    ['one below it', '.agent-os/standards', '.agent-os/standards/a/b'],
  ] as const)
    it(`tells of changes after ${what} was made while it was looked for`, async (t) => {
      const root = await temporaryTree(t);
      for (let round = 0; round < 36; round += 1) {
        const project = path.join(root, String(round));
        const place = path.join(project, made);
        mkdirSync(path.join(project, there), { recursive: true });
        let told = 0;
        const watch = new FolderWatch(path.join(project, '.agent-os/standards'), () => (told += 1));
        afterwards(t, () => watch.close());
        const looking = watch.sync();
        // The look is as many turns of the event loop under way.
        for (let turn = 0; turn < round % 12; turn += 1) await nextTurn();
        mkdirSync(place, { recursive: true });
        await looking;
        const control = watchFolder(place);
        const heard = once(control, 'change');
        writeFileSync(path.join(place, 'new.md'), '');
        await heard;
        await nextTurn();
        control.close();
        assert.ok(told > 0, `made after ${round % 12} turns`);
      }
    });
});

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
