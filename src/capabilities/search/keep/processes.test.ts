import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../../kernel/index.ts';
import { afterwards, temporaryTree } from '../../../platform/files/testing.ts';
import { openTestProject, untilFound, type TestProject } from '../testing.ts';

const fixture = fileURLToPath(new URL('keeping-process-fixture.ts', import.meta.url));
const text = (word: string) => `# About ${word}\n\nThe rule on ${word}.\n`;

interface KeepingProcess {
  ask(question: string): Promise<{ keeper: boolean; ids: string[] }>;
  /** Asks until the answer satisfies. */
  until(question: string, satisfies: (answer: { keeper: boolean; ids: string[] }) => boolean): Promise<void>;
  kill(): Promise<void>;
}

async function startProcess(t: TestContext, { root, indexFile }: TestProject): Promise<KeepingProcess> {
  const shipped = await temporaryTree(t);
  const child = spawn(process.execPath, [fixture, root, shipped, indexFile], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  afterwards(t, kill);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  assert.equal((await lines.next()).value, 'ready');
  const ask = async (question: string) => {
    child.stdin.write(`${question}\n`);
    return JSON.parse((await lines.next()).value as string) as { keeper: boolean; ids: string[] };
  };
  return {
    ask,
    async until(question, satisfies) {
      while (!satisfies(await ask(question))) await systemClock.sleep(20);
    },
    kill,
  };
}

describe('several processes that keep one index', () => {
  it('[A12] agree on one keeper; all see what it takes in; another takes over when it is killed', async (t) => {
    const project = await openTestProject(t, { 'a/first.md': text('first') });
    const processes = [];
    for (let n = 0; n < 3; n += 1) processes.push(await startProcess(t, project));
    const answers = await Promise.all(processes.map(({ ask }) => ask('first')));
    assert.equal(answers.filter(({ keeper }) => keeper).length, 1);
    assert.ok(answers.every(({ ids }) => ids.includes('a/first')));

    await project.write({ 'a/second.md': text('second') });
    for (const one of processes) await one.until('second', ({ ids }) => ids.includes('a/second'));

    await processes[answers.findIndex(({ keeper }) => keeper)]!.kill();
    const left = processes.filter((_, n) => !answers[n]!.keeper);
    await project.write({ 'a/third.md': text('third') });
    for (const one of left) await one.until('third', ({ ids }) => ids.includes('a/third'));
    const keepers = (await Promise.all(left.map(({ ask }) => ask('first')))).filter(({ keeper }) => keeper);
    assert.equal(keepers.length, 1);
  });

  it('[A12] lose nothing when the keeper is killed in the middle of a burst', async (t) => {
    const project = await openTestProject(t, { 'a/first.md': text('first') });
    const dying = await startProcess(t, project);
    const burst = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`b/f${n}.md`, text(`word${n}`)]));
    const writing = project.write(burst);
    await dying.until('word0', ({ ids }) => ids.includes('b/f0'));
    await dying.kill();
    await writing;
    const index = await project.open();
    await index.keep();
    await untilFound(index, 'word299', (ids) => ids.includes('b/f299'));
    const status = await index.status();
    assert.deepEqual([status.standards, status.keeper, status.note], [301, true, null]);
    assert.deepEqual(project.problems, []);
  });

  it('see at once, in a process that keeps nothing, what another wrote', async (t) => {
    const project = await openTestProject(t, { 'a/first.md': text('first') });
    await startProcess(t, project);
    const reader = await project.open();
    assert.ok((await reader.search('first', { limit: 3 })).results.length === 1);
    await project.write({ 'a/second.md': text('second') });
    await untilFound(reader, 'second', (ids) => ids.includes('a/second'));
    assert.ok(path.isAbsolute(project.indexFile));
  });
});
