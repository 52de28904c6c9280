import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { allChecks } from './all-checks.ts';
import type { Violation } from './check.ts';
import { exceptions } from './exceptions.ts';
import { contractPlants } from './plants/contracts.ts';
import { importPlants } from './plants/imports.ts';
import { lintPlants } from './plants/lint.ts';
import { shapePlants } from './plants/shape.ts';
import { plantedTree, readRepository } from './source-tree.ts';

const plants = [...importPlants, ...shapePlants, ...lintPlants, ...contractPlants];
const repository = readRepository();

function isExcepted(check: string, { file }: Violation): boolean {
  return exceptions.some((exception) => exception.check === check && exception.file === file);
}

describe('this repository', () => {
  for (const check of allChecks) {
    it(`keeps ${check.id}`, async () => {
      const violations = (await check.find(repository)).filter(
        (violation) => !isExcepted(check.id, violation),
      );
      const report = violations.map(({ file, line, message }) => `${file}:${line} ${message}`).join('\n');
      assert.equal(violations.length, 0, `${check.id}, ${violations.length} violations:\n${report}`);
    });
  }
});

describe('a planted violation is found, and nothing else', () => {
  for (const { check: id, what, files, expects } of plants) {
    it(`${id}: ${what}`, async () => {
      const check = allChecks.find((one) => one.id === id);
      assert.ok(check, `no check ${id}`);
      const found = await check.find(plantedTree(files));
      const places = [...new Set(found.map(({ file, line }) => `${file}:${line}`))];
      assert.deepEqual(places, expects, found.map(({ message }) => message).join('\n'));
    });
  }
});

describe('the table of checks in AGENTS.md, the checks, the plants and the exceptions agree', () => {
  const guide = repository.files.get('AGENTS.md') ?? '';

  it('lists every check once, and no other', () => {
    const listed = [...guide.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, id]) => id);
    assert.deepEqual(listed.sort(), allChecks.map(({ id }) => id).sort());
  });

  it('has a plant for every check', () => {
    const planted = new Set(plants.map(({ check }) => check));
    assert.deepEqual([...planted].sort(), allChecks.map(({ id }) => id).sort());
  });

  it('keeps no exception that nothing needs any more', async () => {
    for (const { check: id, file, reason } of exceptions) {
      const check = allChecks.find((one) => one.id === id);
      assert.ok(check !== undefined && reason !== '', `${id} ${file}`);
      const found = await check.find(repository);
      assert.ok(
        found.some((violation) => violation.file === file),
        `${file} no longer breaks ${id}; remove its exception.`,
      );
    }
  });
});
