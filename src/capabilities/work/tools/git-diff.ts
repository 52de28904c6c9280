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
    const { gitDiff } = await import('../../../platform/git/index.ts');
    const { diff, truncated, withheld, untracked, untrackedCutAtBytes } = await gitDiff({
      root: files.root,
      staged,
      paths: paths ?? scope.paths,
      maxBytes: maxOutputChars,
      timeoutMs: gitTimeoutMs,
      isReadable: (path) => !files.isIgnored(path),
      signal,
      ...(base === undefined ? {} : { base }),
    });
    const cut = truncated ? `\n[cut at ${maxOutputChars} bytes. Ask for single paths.]` : '';
    return {
      text: [
        diff === '' ? 'No differences.' : diff + cut,
        named('Changed, but ignored, so not shown', withheld),
        named('New files that git does not know yet, not in the diff; read them if they matter', untracked),
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
  return `${what}: ${paths.slice(0, maxNamed).join(', ')}${more}.`;
}
