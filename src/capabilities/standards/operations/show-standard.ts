import { operationsOf } from '../../../kernel/index.ts';
import { showStandardInput, showStandardOutput } from '../contract/index.ts';
import { brokenChecks } from '../health/broken-checks.ts';
import { lastingId, nameOfId } from '../document/standard-name.ts';
import { lookUpAnchors } from '../health/evidence-anchors.ts';
import { pathsForGlobs } from '../health/glob-problems.ts';
import { lintStandard } from '../health/lint-standard.ts';
import { mayHold } from '../library/gone-standards.ts';
import type { LibraryDeps } from './library-deps.ts';
import { anchorOf, summaryOf } from './on-the-wire.ts';

export const showStandard = operationsOf<LibraryDeps>()({
  name: 'standards.show',
  summary: 'Show one standard as it is now: text, approval, use, and whether its evidence still stands.',
  input: showStandardInput,
  output: showStandardOutput,
  doors: { cli: 'standards show' },
  policy: { effect: 'read', idempotent: true },
  errors: [
    'standards.unknown',
    'standards.ambiguous',
    'standards.gone',
    'standards.unusable',
    'standards.bad_front_matter',
    'standards.too_large',
    'standards.not_text',
    'files.not_found',
  ],
  async handler({ standard }, { deps: { library } }) {
    const { entries, skipped } = await library.standards.list();
    const entry = await library.standards.find(standard);
    const reading = await library.standards.read(entry);
    const { text, document, approval } = reading;
    const [uses, evidence, broken, paths] = await Promise.all([
      library.uses.uses(library.settings.usesDays),
      lookUpAnchors(library.files, document.evidence),
      brokenChecks([{ id: entry.id, document }], library.tryChecks),
      document.appliesTo.length === 0 ? undefined : pathsForGlobs(library.files),
    ]);
    const knownIds = new Set(entries.map(({ id }) => id));
    // A shipped one is no answer to what the project says where the project's own cannot be read.
    const unread = skipped.filter(
      ({ file }) => entry.layer === 'universal' && mayHold(file, nameOfId(entry.id)),
    );
    const problems = lintStandard(reading, { broken: broken.get(entry.id) ?? [], knownIds, paths });
    return {
      ...summaryOf({ ...entry, approval }, document, uses.get(lastingId(entry))),
      text,
      content_hash: document.contentHash,
      size_bytes: entry.sizeBytes,
      applies_to: document.appliesTo,
      checks: document.checks.length,
      retired_because: document.retiredBecause,
      replaced_by: document.replacedBy,
      evidence: evidence.map(anchorOf),
      front_matter: { ...document.frontMatter },
      problems: [
        ...unread.map(({ file, reason }) => ({
          file,
          line: null,
          severity: 'error' as const,
          message: reason,
        })),
        ...problems.map((problem) => ({ file: entry.file, ...problem })),
      ],
    };
  },
});
