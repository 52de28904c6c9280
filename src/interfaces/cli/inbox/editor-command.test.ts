import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { temporaryTree } from '../../../platform/files/testing.ts';
import { editorCommand, editorOf } from './editor-command.ts';

const draft = String.raw`C:\Team A & %PATH% ^(1)!\Temp\troupe-edit-x\request-1.md`;
const root = '/projects/shop';
const codeCmd = String.raw`C:\Program Files\VS Code\bin\code.cmd`;

function onWindows(editor: string, files: readonly string[], file = draft) {
  const env = {
    Path: String.raw`C:\Windows;"C:\Program Files\VS Code\bin";relative`,
    ComSpec: String.raw`C:\Windows\System32\cmd.exe`,
  };
  const isFile = (name: string) => files.some((one) => one.toLowerCase() === name.toLowerCase());
  return editorCommand(editor, file, { env, platform: 'win32', root, isFile });
}

const onPosix = { skip: process.platform === 'win32' ? 'links need a right there' : false };

describe('the command of an editor', () => {
  it('is what VISUAL names, then EDITOR, then what the system has', () => {
    assert.equal(
      editorOf({ env: { VISUAL: 'code --wait', EDITOR: 'nano' }, platform: 'linux' }),
      'code --wait',
    );
    assert.equal(editorOf({ env: { VISUAL: ' ', EDITOR: 'nano' }, platform: 'linux' }), 'nano');
    assert.equal(editorOf({ env: {}, platform: 'darwin' }), 'vi');
    assert.equal(editorOf({ env: {}, platform: 'win32' }), 'notepad');
  });

  it('is started without a shell, its words as they are, quoted ones as one', () => {
    const expected = {
      program: '/opt/my editor',
      args: ['-n', 'a;b', '/tmp/x y.md'],
      env: {},
      verbatim: false,
    };
    assert.deepEqual(
      editorCommand(`"/opt/my editor" -n 'a;b'`, '/tmp/x y.md', { env: {}, platform: 'linux', root }),
      expected,
    );
    assert.deepEqual(onWindows('notepad', [String.raw`C:\Windows\notepad.exe`]), {
      program: String.raw`C:\Windows\notepad.exe`,
      args: [draft],
      env: {},
      verbatim: false,
    });
  });

  it('runs a batch file by cmd.exe, every word in a variable between quotes, so that none is a command', () => {
    for (const editor of ['code --wait', 'CODE.CMD --wait', `"${codeCmd}" --wait`]) {
      const command = onWindows(editor, [codeCmd]);
      assert.ok(typeof command === 'object');
      const { TROUPE_EDITOR_0: program, ...words } = command.env;
      assert.equal(program!.toLowerCase(), codeCmd.toLowerCase());
      assert.deepEqual(words, { TROUPE_EDITOR_1: '--wait', TROUPE_EDITOR_2: draft });
      assert.deepEqual([command.program, command.verbatim], [String.raw`C:\Windows\System32\cmd.exe`, true]);
      const line = '""%TROUPE_EDITOR_0%" "%TROUPE_EDITOR_1%" "%TROUPE_EDITOR_2%""';
      assert.deepEqual(command.args, ['/d', '/v:off', '/s', '/c', line]);
    }
  });

  it('takes a program before a batch file of the same name, and nothing from the current folder', () => {
    const exe = String.raw`C:\Program Files\VS Code\bin\code.exe`;
    const command = onWindows('code', [codeCmd, exe, 'code.cmd', String.raw`relative\code.exe`]);
    assert.ok(typeof command === 'object');
    assert.deepEqual([command.program.toLowerCase(), command.verbatim], [exe.toLowerCase(), false]);
    assert.equal(onWindows('code', ['code.cmd', String.raw`relative\code.cmd`]), undefined);
  });

  it('is looked for on the PATH outside the project, which npx puts there', () => {
    const env = { PATH: 'bin:/projects/shop/node_modules/.bin:/usr/bin' };
    const there = ['bin/vi', '/projects/shop/node_modules/.bin/vi', '/usr/bin/vi'];
    const options = { env, platform: 'linux', root } as const;
    const found = editorCommand('vi -n', '/tmp/x', { ...options, isFile: (file) => there.includes(file) });
    assert.ok(typeof found === 'object');
    assert.equal(found.program, '/usr/bin/vi');
    const onlyTheirs = (file: string) => there.slice(0, 2).includes(file);
    assert.equal(editorCommand('vi', '/tmp/x', { ...options, isFile: onlyTheirs }), undefined);
  });

  it('is looked for further where a folder of the PATH cannot be looked into', onPosix, async (t) => {
    // As one that this account may not enter, which stops everybody but root.
    const base = await temporaryTree(t, { closed: { linkTo: 'closed' }, 'bin/vi': '' });
    const env = { PATH: ['closed', 'bin'].map((folder) => join(base, folder)).join(':') };
    const found = editorCommand('vi', '/tmp/x', { env, platform: 'linux', root });
    assert.ok(typeof found === 'object');
    assert.equal(found.program, join(base, 'bin', 'vi'));
    assert.equal(editorCommand('nano', '/tmp/x', { env, platform: 'linux', root }), undefined);
  });

  it('keeps a backslash at the end of a word from quoting the quote after it', () => {
    const command = onWindows(String.raw`code "C:\my dir\\"`, [codeCmd]);
    assert.ok(typeof command === 'object');
    assert.equal(command.env['TROUPE_EDITOR_1'], String.raw`C:\my dir` + '\\'.repeat(4));
  });

  it('says why where a word could end its quotes', () => {
    for (const word of [`'a"&calc'`, '"a\nb"'])
      assert.match(JSON.stringify(onWindows(`code ${word}`, [codeCmd])), /no quote and no control character/);
  });
});
