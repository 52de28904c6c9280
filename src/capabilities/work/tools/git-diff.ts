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
  async run({ base, staged, paths }, { files, scope, signal, maxOutputChars }) {
    const { gitDiff } = await import('../../../platform/git/index.ts');
    const { diff, truncated } = await gitDiff({
      root: files.root,
      staged,
      paths: paths ?? scope.paths,
      maxBytes: maxOutputChars,
      signal,
      ...(base === undefined ? {} : { base }),
    });
    const cut = truncated ? `\n[cut at ${maxOutputChars} bytes. Ask for single paths.]` : '';
    return {
      text: diff === '' ? 'No differences.' : diff + cut,
      summary: `git diff ${base ?? 'HEAD'}: ${diff.length} characters`,
    };
  },
});
