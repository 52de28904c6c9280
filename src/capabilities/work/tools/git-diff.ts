import { visibleName } from '../../../kernel/index.ts';
import { z } from 'zod';
import { workTool } from './work-tool.ts';

export const gitDiffTool = workTool({
  name: 'git_diff',
  description:
    "Show what changed in the project's git repository: against the last commit, or against a revision.",
  phase: 'searching',
  input: z.object({
    base: z
      .string()
      .max(200)
      .optional()
      .describe('Revision to compare with, such as "main"; HEAD if left out.'),
    staged: z.boolean().default(false).describe('Only what is staged.'),
    paths: z.array(z.string()).max(50).optional().describe('Only these; the scope of the task if left out.'),
  }),
  async run({ base, staged, paths }, { files, scope, signal, maxOutputChars, gitTimeoutMs }) {
    const { gitDiff, submoduleChanges } = await import('../../../platform/git/index.ts');
    const repository = {
      root: files.root,
      paths: paths ?? scope.paths,
      timeoutMs: gitTimeoutMs,
      isReadable: (path: string) => !files.isIgnored(path),
      signal,
    };
    const { diff, truncated, withheld, untracked, untrackedCutAtBytes } = await gitDiff({
      ...repository,
      staged,
      maxBytes: maxOutputChars,
      ...(base === undefined ? {} : { base }),
    });
    const submodules = staged ? { changed: [], unseen: [] } : await submoduleChanges(repository);
    const inSubmodules = submodules.changed.flatMap((one) => (one.files.length > 0 ? one.files : [one.path]));
    const cut = truncated ? `\n[cut at ${maxOutputChars} bytes. Ask for single paths.]` : '';
    return {
      text: [
        diff === '' ? 'No differences.' : diff + cut,
        named('Changed, but ignored, so not shown', withheld),
        named('New files that git does not know yet, not in the diff; read them if they matter', untracked),
        named(
          'Changed or new in submodules, which the diff does not show; read them if they matter',
          inSubmodules,
        ),
        named('Submodules that could not be looked into', submodules.unseen),
        untrackedCutAtBytes === undefined
          ? ''
          : `[there are more new files than ${untrackedCutAtBytes} bytes of names. Ask for single paths.]`,
      ]
        .filter((part) => part !== '')
        .join('\n'),
      summary: `git diff ${base ?? 'HEAD'}: ${diff.length} characters`,
      skipped: withheld.map((file) => ({ file, reason: 'ignored' })),
    };
  },
});

/** Most paths named one by one. */
const maxNamed = 50;

function named(what: string, paths: readonly string[]): string {
  if (paths.length === 0) return '';
  const more = paths.length > maxNamed ? ` and ${paths.length - maxNamed} more` : '';
  return `${what}: ${paths.slice(0, maxNamed).map(visibleName).join(', ')}${more}.`;
}
