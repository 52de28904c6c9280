import { isAppError, operationsOf, type AppError } from '../../../kernel/index.ts';
import { lintStandardsInput, lintStandardsOutput } from '../contract/index.ts';
import { brokenChecks } from '../health/broken-checks.ts';
import { pathsForGlobs } from '../health/glob-problems.ts';
import { lintStandard } from '../health/lint-standard.ts';
import { unfitText } from '../health/unfit-text.ts';
import type { StandardReading } from '../library/standards-library.ts';
import type { LintDeps } from './library-deps.ts';

interface LintProblem {
  file: string;
  line: number | null;
  severity: 'error' | 'warning';
  message: string;
}

export const lintStandards = operationsOf<LintDeps>()({
  name: 'standards.lint',
  summary:
    "Check the project's standards: front matter, sections, checks, globs, names, approvals. Every problem with its line.",
  input: lintStandardsInput,
  output: lintStandardsOutput,
  doors: { cli: 'standards lint' },
  policy: { effect: 'read', idempotent: true },
  errors: ['standards.unknown', 'standards.ambiguous', 'standards.gone', 'standards.unusable'],
  async handler({ standard }, { deps: { library } }) {
    const { entries, skipped } = await library.standards.list();
    const named = standard === undefined ? undefined : await library.standards.find(standard);
    const wanted = named === undefined ? entries.filter(({ layer }) => layer !== 'universal') : [named];
    const left = named === undefined ? skipped : [];
    const problems: LintProblem[] = left.map(({ file, reason }) => problemOf(file, null, reason));
    const knownIds = new Set(entries.map(({ id }) => id));
    const read: ({ id: string; file: string } & StandardReading)[] = [];
    for (const entry of wanted) {
      try {
        read.push({ id: entry.id, file: entry.file, ...(await library.standards.read(entry)) });
      } catch (error) {
        if (!isAppError(error)) throw error;
        problems.push(unreadable(entry.file, error));
      }
    }
    const broken = await brokenChecks(read, library.tryChecks);
    const hasGlobs = read.some(({ document }) => document.appliesTo.length > 0);
    const paths = hasGlobs ? await pathsForGlobs(library.files) : undefined;
    for (const { id, file, ...reading } of read) {
      const found = lintStandard(reading, { broken: broken.get(id) ?? [], knownIds, paths });
      const unfit =
        reading.approval === 'shipped' ? [] : await unfitText(reading.text, library.scanForSecrets);
      problems.push(...[...found, ...unfit].map((problem) => ({ file, ...problem })));
    }
    problems.sort((a, b) => compare(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0));
    const ok = problems.every(({ severity }) => severity === 'warning');
    return { ok, checked: wanted.length, problems };
  },
});

/** What keeps a file from being read at all; front matter knows its line. */
function unreadable(file: string, { details, message }: AppError): LintProblem {
  const { line, reason } = details as { line?: number; reason?: string };
  return problemOf(file, line ?? null, line === undefined ? message : (reason ?? message));
}

const problemOf = (file: string, line: number | null, message: string): LintProblem => ({
  file,
  line,
  severity: 'error',
  message,
});

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
