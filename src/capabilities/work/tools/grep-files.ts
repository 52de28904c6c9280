import { counted } from '../../../kernel/index.ts';
import { z } from 'zod';
import { cutText, workTool } from './work-tool.ts';

export const grepFilesTool = workTool({
  name: 'grep_files',
  description: 'Search lines of the project files by a JavaScript regular expression.',
  phase: 'searching',
  input: z.object({
    pattern: z.string().min(1).max(1_000).describe('Regular expression, tried on each line.'),
    paths: z
      .array(z.string())
      .max(50)
      .optional()
      .describe('Folders or files; the scope of the task if left out.'),
    glob: z.string().max(500).optional().describe('Only files that match, such as "**/*.py".'),
    ignore_case: z.boolean().default(false).describe('Whether A and a are the same.'),
    max_matches: z.int().min(1).max(500).default(100).describe('At most this many.'),
  }),
  async run({ pattern, paths, glob, ignore_case: ignoreCase, max_matches: maxMatches }, context) {
    const { files, scope, signal, maxOutputChars } = context;
    const found = await files.grep({
      pattern,
      under: paths ?? scope.paths,
      ignoreCase,
      maxMatches,
      signal,
      ...(glob === undefined ? {} : { glob }),
    });
    const lines = found.matches.map((match) => `${match.file}:${match.line}: ${match.text}`).join('\n');
    const more = found.truncatedBy === undefined ? '' : `; stopped by the limit on ${found.truncatedBy}`;
    return {
      text: `${counted(found.matches.length, 'match', 'matches')} in ${counted(found.filesSearched, 'file')}${more}\n${cutText(lines, maxOutputChars, 'Search more narrowly.')}`,
      summary: `searched for ${pattern}: ${counted(found.matches.length, 'match', 'matches')}`,
    };
  },
});
