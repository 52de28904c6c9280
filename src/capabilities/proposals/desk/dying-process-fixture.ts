/**
 * Approves a request and dies between the answer and the write, as a process does that is killed.
 * Arguments: the project's root, the number of the request.
 */
import type { TestContext } from 'node:test';
import { openProject } from '../testing.ts';

/** What it is started with. */
export type DyingArguments = [root: string, number: string];

const [root, number] = process.argv.slice(2) as DyingArguments;
const neverEnds = { after: () => undefined } as unknown as TestContext;
const project = await openProject(neverEnds, {
  root,
  kind: (real) => ({
    ...real,
    apply() {
      process.kill(process.pid, 'SIGKILL');
      return new Promise(() => undefined);
    },
  }),
});
await project.call('inbox.show', { number });
await project.call('inbox.approve', { number });
