import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkedProject, loggingRule, standardText } from '../check-fixture.ts';
import type { CheckOutput } from '../contract/index.ts';

const standards = { 'development/logging': standardText('Logging', loggingRule) };
const places = ({ left_out: leftOut }: CheckOutput) => leftOut.map(({ file, line }) => `${file}:${line}`);

describe('[X8] what comments leave out of a check', () => {
  it('is told of changes where the place or its comment is new', async (t) => {
    const { check, write } = await checkedProject(t, {
      files: {
        'src/a.ts': 'console.log(1);\nrun();\n// troupe-ignore no-console-log: old\nconsole.log(2);\n',
      },
      standards,
    });
    await write({
      'src/a.ts':
        '// troupe-ignore no-console-log: now\nconsole.log(1);\nrun();\n// troupe-ignore no-console-log: old\nconsole.log(2);\nconsole.log(3); // troupe-ignore no-console-log: here\n',
    });
    const changed = await check({ base: 'HEAD' });
    assert.deepEqual([places(changed), changed.findings], [['src/a.ts:2', 'src/a.ts:6'], []]);
    assert.deepEqual(places(await check()), ['src/a.ts:2', 'src/a.ts:5', 'src/a.ts:6']);
  });

  it('[X9] shows no secret, neither of the code nor of the reason', async (t) => {
    const secret = ['gh', 'p_wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('');
    const { check } = await checkedProject(t, {
      files: { 'src/a.ts': `console.log('${secret}'); // troupe-ignore no-console-log: for ${secret}\n` },
      standards,
    });
    const output = await check();
    assert.deepEqual(places(output), ['src/a.ts:1']);
    assert.doesNotMatch(JSON.stringify(output), new RegExp(secret));
  });

  it('is cut where a page is, which is said', async (t) => {
    const { check } = await checkedProject(t, {
      files: { 'src/a.ts': 'console.log(1); // troupe-ignore no-console-log: a script\n'.repeat(3) },
      standards,
    });
    const output = await check({ limit: 2 });
    assert.deepEqual(places(output), ['src/a.ts:1', 'src/a.ts:2']);
    assert.match(output.message, /Of what comments leave out, the first 2 of 3 are named\./);
  });
});
