import { z } from 'zod';
import { countMarks } from './redacted-marks.ts';
import { cutText, workTool } from './work-tool.ts';

export const readFileTool = workTool({
  name: 'read_file',
  description: 'Read a text file of the project, with line numbers. Read before you claim.',
  phase: 'searching',
  input: z.object({
    path: z.string().min(1).describe('Project-relative path.'),
    from_line: z.int().min(1).default(1).describe('First line, from 1.'),
    to_line: z.int().min(1).optional().describe('Last line; the end of the file if left out.'),
  }),
  async run({ path, from_line: from, to_line: to }, { files, redact, maxOutputChars }) {
    const file = await files.readText(path);
    // Masked before lines are picked and numbered: a part of a secret does not look like one.
    const lines = (await redact(file.text)).text.split(/\r?\n/).slice(0, file.lines);
    const last = Math.min(to ?? lines.length, lines.length);
    if (from > last) {
      return {
        text: `${file.path} has ${lines.length} lines; there is nothing from line ${from} to ${to ?? 'its end'}.`,
        summary: `read ${file.path}: no such lines`,
      };
    }
    const numbered = lines
      .slice(from - 1, last)
      .map((line, index) => `${from + index}\t${line}`)
      .join('\n');
    const text = cutText(numbered, maxOutputChars, 'Ask for a range with from_line and to_line.');
    return {
      text: `${file.path}, lines ${from} to ${last} of ${lines.length}\n${text}`,
      summary: `read ${file.path}:${from}-${last}`,
      redacted: countMarks(text),
    };
  },
});
