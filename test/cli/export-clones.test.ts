import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { exampleProject, type ExampleProject } from '../support/troupe/example-project.ts';
import { atTerminal } from '../support/troupe/terminal.ts';
import { runTroupe } from '../support/troupe/troupe-process.ts';

/** A checkout of one person: approvals are kept in it, outside of git. */
class Checkout {
  readonly project: ExampleProject;
  readonly #t: TestContext;

  constructor(t: TestContext, project: ExampleProject) {
    this.#t = t;
    this.project = project;
  }

  git(...args: string[]): string {
    const who = ['-c', 'user.name=T', '-c', 'user.email=t@example.com', '-c', 'commit.gpgSign=false'];
    return execFileSync('git', [...who, ...args], {
      cwd: this.project.root,
      env: this.project.env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  }

  troupe(...args: string[]) {
    return runTroupe(this.#t, this.project, args);
  }

  read(path: string): Promise<string> {
    return readFile(join(this.project.root, path), 'utf8');
  }

  /** Adds a standard, approves it, exports and commits everything. */
  async publish(topic: string): Promise<void> {
    await this.project.write(`.agent-os/standards/testing/${topic}.md`, standard(topic));
    const adopting = atTerminal(this.#t, this.project, ['standards', 'adopt', `testing/${topic}`]);
    await adopting.until(/Approve exactly this text\?/);
    adopting.type('y');
    const { code, screen } = await adopting.finished;
    assert.equal(code, 0, screen);
    const exported = await this.troupe('export', 'all');
    assert.equal(exported.code, 0, exported.stderr);
    this.git('add', '-A');
    this.git('commit', '-q', '-m', topic);
  }

  /** A second checkout, of somebody who approved nothing. */
  async cloned(): Promise<Checkout> {
    const project = await exampleProject(this.#t, { empty: true });
    this.git('clone', '-q', this.project.root, project.root);
    return new Checkout(this.#t, project);
  }
}

const standard = (topic: string) => `---
tags: [testing]
applies_to: ['src/**/*.ts']
---
# Rule ${topic}

Do ${topic} in one way.

## Context

Two ways of ${topic} are read twice.

## Pattern

- ${topic} first.
- ${topic} last.

## Examples

The file for ${topic} does so.

## Anti-patterns

- Two ways of ${topic} in one file.

## When to revisit

When ${topic} is gone.
`;

async function firstCheckout(t: TestContext): Promise<Checkout> {
  const first = new Checkout(t, await exampleProject(t, { empty: true }));
  first.git('init', '-q', '-b', 'main');
  await first.project.write('.gitignore', '.agent-os/*\n!.agent-os/standards/\n');
  return first;
}

const filesOf = (topic: string) => [
  `.claude/rules/troupe.testing.${topic}.md`,
  `.cursor/rules/troupe.testing.${topic}.mdc`,
  `.github/instructions/troupe.testing.${topic}.instructions.md`,
];

describe('[X7] troupe export in a clone', () => {
  it('leaves what a colleague exported, names it, and takes nothing away from the team', async (t) => {
    const first = await firstCheckout(t);
    await first.publish('alpha');
    const second = await first.cloned();

    const check = await second.troupe('export', 'all', '--check');
    assert.equal(check.code, 0, check.stdout);
    assert.match(
      check.stderr,
      /^Left as they are, not approved on this machine \(1\)\n {2}testing\/alpha: nobody has approved it on this machine: `troupe standards adopt testing\/alpha` shows it \(\.cursor\S+, \.claude\S+, \.github\S+, AGENTS\.md\)$/m,
    );
    const data = await second.troupe('export', 'all', '--check', '--json');
    assert.equal(data.code, 0);
    const { left, in_step: inStep } = JSON.parse(data.stdout) as { left: unknown[]; in_step: boolean };
    assert.deepEqual([left.length, inStep], [4, true]);
    assert.equal((await second.troupe('export', 'all')).code, 0);
    assert.equal(second.git('status', '--porcelain'), '');

    await second.publish('beta');
    const changed = second.git('diff', '--name-status', 'HEAD~').trim().split('\n');
    assert.deepEqual(changed, [
      'A\t.agent-os/standards/testing/beta.md',
      ...filesOf('beta').map((file) => `A\t${file}`),
      'M\tAGENTS.md',
    ]);
    assert.match(await second.read('AGENTS.md'), /### Rule alpha\n[^]*### Rule beta\n/);

    await second.project.write(
      '.agent-os/standards/testing/alpha.md',
      standard('alpha').replace('first', 'never'),
    );
    assert.equal((await second.troupe('export', 'all', '--check')).code, 0, 'nobody here can judge it');
    second.git('rm', '-q', '-f', '.agent-os/standards/testing/alpha.md');
    assert.equal((await second.troupe('export', 'all', '--check')).code, 8);
    assert.equal((await second.troupe('export', 'all')).code, 0);
    assert.doesNotMatch(await second.read('AGENTS.md'), /alpha/);
  });

  it('takes a merge of two exports for no edit, whichever mark it kept', async (t) => {
    const first = await firstCheckout(t);
    await first.publish('alpha');
    const second = await first.cloned();
    await second.publish('beta');
    await first.publish('gamma');

    first.git('fetch', '-q', second.project.root, 'main');
    assert.throws(() => first.git('merge', '-q', 'FETCH_HEAD'), 'both changed AGENTS.md');
    const sections = (text: string) => text.split(/\n\n(?=### )/);
    const ours = sections(first.git('show', 'HEAD:AGENTS.md'));
    const theirs = sections(first.git('show', 'FETCH_HEAD:AGENTS.md'));
    const beta = theirs.find((text) => text.startsWith('### Rule beta'))!.split('\n<!--')[0]!;
    const merged = [...ours.slice(0, 2), beta, ...ours.slice(2)].join('\n\n');
    await first.project.write('AGENTS.md', merged);
    first.git('add', '-A');
    first.git('commit', '-q', '-m', 'merged');

    const check = await first.troupe('export', 'all', '--check');
    assert.equal(check.code, 8, 'the mark is that of one side');
    assert.match(check.stdout, /^~ update {2}AGENTS\.md$/m);
    const written = await first.troupe('export', 'all');
    assert.equal(written.code, 0, written.stdout);
    assert.match(written.stderr, /testing\/beta: nobody has approved it on this machine/);
    const changed = first.git('diff', '--unified=0').match(/^[+-][^+-].*$/gm) ?? [];
    assert.equal(changed.length, 2);
    assert.ok(changed.every((line) => line.slice(1).startsWith('<!-- troupe:standards begin sha256:')));
    first.git('commit', '-q', '-a', '-m', 'mark');
    for (const one of [first, await first.cloned()])
      assert.equal((await one.troupe('export', 'all', '--check')).code, 0);
  });
});
