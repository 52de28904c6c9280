import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { operations } from '../../src/app/operations.ts';
import { hasRenderer } from '../../src/interfaces/cli/testing.ts';

/** Commands that are written out in the command line's program, and print for themselves. */
const printForThemselves = new Set(['ask', 'check', 'export']);

interface Offered {
  name: string;
  doors: { cli?: string };
}

/** Operations whose command would print raw data to people. */
function withoutRenderer(offered: readonly Offered[]): string[] {
  return offered
    .filter(
      ({ name, doors: { cli } }) => cli !== undefined && !printForThemselves.has(cli) && !hasRenderer(name),
    )
    .map(({ name }) => name);
}

describe('what commands print to people', () => {
  it('has a form that was made for it: each operation with a command has a renderer', () => {
    const found = withoutRenderer(operations);
    const remedy = 'give each a renderer in src/interfaces/cli/render/render-output.ts';
    assert.deepEqual(found, [], `People would see raw JSON of ${found.join(', ')}: ${remedy}.`);
  });

  it('is missed where an operation gets a command and no renderer', () => {
    const planted = [
      { name: 'jobs.planted', doors: { cli: 'jobs planted' } },
      { name: 'jobs.tool', doors: { mcp: 'only_a_tool' } },
      { name: 'jobs.list', doors: { cli: 'jobs list' } },
    ];
    assert.deepEqual(withoutRenderer(planted), ['jobs.planted']);
  });

  it('keeps no command in the list of those that print for themselves that there is no more', () => {
    const commands = new Set(operations.map(({ doors }) => doors.cli));
    assert.deepEqual(
      [...printForThemselves].filter((command) => !commands.has(command)),
      [],
    );
  });
});
