import { operationsOf } from '../../../kernel/index.ts';
import { listStandardsInput, listStandardsOutput } from '../contract/index.ts';
import { lastingId, nameOfId } from '../document/standard-name.ts';
import { readAll } from '../library/read-all.ts';
import type { LibraryDeps } from './library-deps.ts';
import { summaryOf, unusableFileOf } from './on-the-wire.ts';

export const listStandards = operationsOf<LibraryDeps>()({
  name: 'standards.list',
  summary: 'List the standards of this project and those that ship with Troupe, with approval and use.',
  input: listStandardsInput,
  output: listStandardsOutput,
  doors: { cli: 'standards list' },
  policy: { effect: 'read', idempotent: true },
  errors: [],
  async handler({ domain, layer }, { deps: { library } }) {
    const [{ standards, skipped }, uses] = await Promise.all([
      readAll(
        library.standards,
        (entry) =>
          (domain === undefined || nameOfId(entry.id).startsWith(`${domain}/`)) &&
          (layer === undefined || entry.layer === layer),
      ),
      library.uses.uses(library.settings.usesDays),
    ]);
    return {
      standards: standards.map(({ entry, document }) =>
        summaryOf(entry, document, uses.get(lastingId(entry))),
      ),
      unusable: skipped.map(unusableFileOf),
    };
  },
});
