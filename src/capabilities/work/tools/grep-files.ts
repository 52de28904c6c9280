import { counted, visibleName } from '../../../kernel/index.ts';
import { z } from 'zod';
import { countMarks } from './redacted-marks.ts';
import { cutText, workTool, type ToolContext } from './work-tool.ts';

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
    const lines = (await masked(found.matches, context))
      .map((match) => `${visibleName(match.file)}:${match.line}: ${match.text}`)
      .join('\n');
    const shown = cutText(lines, maxOutputChars, 'Search more narrowly.');
    const more = found.truncatedBy === undefined ? '' : `; stopped by the limit on ${found.truncatedBy}`;
    return {
      text: `${counted(found.matches.length, 'match', 'matches')} in ${counted(found.filesSearched, 'file')}${more}\n${shown}`,
      summary: `searched for ${pattern}: ${counted(found.matches.length, 'match', 'matches')}`,
      redacted: countMarks(shown),
    };
  },
});

interface Match {
  file: string;
  line: number;
  text: string;
}

/** Lines as `read_file` shows them: what is a secret can be told by other lines of its file. */
async function masked(
  matches: readonly Match[],
  { files, redact }: Pick<ToolContext, 'files' | 'redact'>,
): Promise<Match[]> {
  const shown: Match[] = [];
  for (const [file, ofFile] of Map.groupBy(matches, (match) => match.file)) {
    const { text } = await files.readText(file);
    const lines = text.split(/\r?\n/);
    const clean = (await redact(text)).text.split(/\r?\n/);
    for (const match of ofFile) {
      const line = clean[match.line - 1];
      if (line === lines[match.line - 1]) shown.push(match);
      else shown.push({ file, line: match.line, text: line === undefined ? changed : excerpt(line) });
    }
  }
  return shown;
}

const changed = '[the file has changed during the search]';
/** As long as a match is otherwise, characters. */
const maxLineLength = 400;

const excerpt = (line: string) =>
  line.length > maxLineLength ? '[a long line that holds a secret; see it with read_file]' : line;
