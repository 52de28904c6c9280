import { isAppError, operationsOf } from '../../../kernel/index.ts';
import { lintStandardsInput, lintStandardsOutput } from '../contract/index.ts';
import { lintStandard } from '../health/lint-standard.ts';
import type { LibraryEntry } from '../library/standards-library.ts';
import type { LibraryDeps } from './library-deps.ts';

interface LintProblem {
  file: string;
  line: number | null;
  severity: 'error' | 'warning';
  message: string;
}

export const lintStandards = operationsOf<LibraryDeps>()({
  name: 'standards.lint',
  summary:
    "Check the project's standards: front matter, sections, checks, names. Every problem with its line.",
  input: lintStandardsInput,
  output: lintStandardsOutput,
  doors: { cli: 'standards lint' },
  policy: { effect: 'read', idempotent: true },
  errors: ['standards.unknown', 'standards.ambiguous', 'standards.unusable'],
  async handler({ standard }, { deps: { library } }) {
    const { entries, skipped } = await library.standards.list();
    const named = standard === undefined ? undefined : await library.standards.find(standard);
    const wanted = named === undefined ? entries.filter(({ layer }) => layer !== 'universal') : [named];
    const left = named === undefined ? skipped : [];
    const problems: LintProblem[] = left.map(({ file, reason }) => problemOf(file, null, reason));
    const knownIds = new Set(entries.map(({ id }) => id));
    for (const entry of wanted) {
      problems.push(...(await lintOne(entry, library, knownIds)));
    }
    problems.sort((a, b) => compare(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0));
    const ok = problems.every(({ severity }) => severity === 'warning');
    return { ok, checked: wanted.length, problems };
  },
});

async function lintOne(
  entry: LibraryEntry,
  library: LibraryDeps['library'],
  knownIds: ReadonlySet<string>,
): Promise<LintProblem[]> {
  try {
    const { document } = await library.standards.read(entry);
    const problems = await lintStandard(document, { checkProblem: library.checkProblem, knownIds });
    return problems.map((problem) => ({ file: entry.file, ...problem }));
  } catch (error) {
    if (!isAppError(error)) throw error;
    const { line, reason } = error.details as { line?: number; reason?: string };
    return [
      problemOf(entry.file, line ?? null, line === undefined ? error.message : (reason ?? error.message)),
    ];
  }
}

const problemOf = (file: string, line: number | null, message: string): LintProblem => ({
  file,
  line,
  severity: 'error',
  message,
});

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
