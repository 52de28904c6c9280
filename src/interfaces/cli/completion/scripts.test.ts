import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { completionScripts } from './scripts.ts';

const run = promisify(execFile);

/** Stands for the program: says what it was asked, a line with a space and a backslash, and nothing for `none`. */
const program = `troupe() {
  if [[ "$2" == *none ]]; then return; fi
  printf '%s\\n' "asked:$2" 'a b\\c'
}
`;

test(
  'bash completes without what came after 3.2, the one that macOS brings',
  { skip: process.platform === 'win32' },
  async () => {
    const complete = async (line: string) => {
      const script = [
        'enable -n mapfile readarray',
        program,
        completionScripts.bash,
        `COMP_LINE='${line} and more'; COMP_POINT=${line.length}; COMPREPLY=(old)`,
        '_troupe',
        'printf "<%s>" "${COMPREPLY[@]}"',
      ];
      return (await run('bash', ['--norc', '-c', script.join('\n')])).stdout;
    };
    assert.equal(await complete('troupe ask @d'), '<asked:troupe ask @d><a b\\c>');
    assert.equal(await complete('troupe none'), '<>');
    assert.equal(await complete('troupe ask --x=l'), '<l><a b\\c>', 'behind an equals sign: the value alone');
  },
);
