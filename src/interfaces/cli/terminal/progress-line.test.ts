import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordingTerminal } from '../testing.ts';
import { openProgressLine } from './progress-line.ts';

describe('openProgressLine', () => {
  it('rewrites one line on a terminal, never wider than it, and leaves none behind', () => {
    const terminal = recordingTerminal({ columns: 40 });
    const line = openProgressLine(terminal);
    line.show({ percent: 10, message: 'reading', etaSeconds: 12.4 });
    line.show({ percent: 62, message: 'src/a/very/long/path/that/does/not/fit.ts', etaSeconds: null });
    line.clear();
    const shown = terminal.notes().split('\r\u001B[2K');
    assert.equal(shown.length, 4);
    assert.equal(shown[1], ' ██░░░░░░░░░░░░░░░░░░  10 %  reading · about 12 s left'.slice(0, 39));
    assert.ok(shown.every((text) => text.length < 40));
    assert.equal(shown.at(-1), '');
    assert.equal(terminal.written(), '');
  });

  it('writes one plain line for each phase where nobody watches', () => {
    const terminal = recordingTerminal({ errIsTerminal: false });
    const line = openProgressLine(terminal);
    for (const percent of [10, 20, 49]) line.show({ percent, message: 'looking', phase: 'searching' });
    line.show({ percent: 50, message: 'judging', phase: 'analyzing' });
    line.clear();
    assert.equal(terminal.notes(), ' 10 %  searching  looking\n 50 %  analyzing  judging\n');
  });

  it('shows what a message would do to the terminal instead of doing it', () => {
    const terminal = recordingTerminal({ columns: 200 });
    openProgressLine(terminal).show({ percent: 1, message: 'evil\u001B[2J\nname' });
    assert.match(terminal.notes(), /evil\\u\{1b\}\[2J name/);
  });
});
