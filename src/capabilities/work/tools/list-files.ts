import { counted, visibleName } from '../../../kernel/index.ts';
import { skippedInWords } from '../../../platform/files/index.ts';
import { z } from 'zod';
import { cutText, workTool } from './work-tool.ts';

export const listFilesTool = workTool({
  name: 'list_files',
  description: 'List text files of the project or of some of its folders. Ignored files are left out.',
  phase: 'searching',
  input: z.object({
    paths: z
      .array(z.string())
      .max(50)
      .optional()
      .describe('Folders or files; the scope of the task if left out.'),
    glob: z.string().max(500).optional().describe('Only files that match, such as "**/*.test.ts".'),
  }),
  async run({ paths, glob }, { files, scope, signal, maxOutputChars }) {
    const listing = await files.list({
      under: paths ?? scope.paths,
      signal,
      ...(glob === undefined ? {} : { glob }),
    });
    const lines = listing.files
      .map((file) => `${visibleName(file.path)} (${file.sizeBytes} bytes)`)
      .join('\n');
    const skipped = listing.skipped.map((file) => ({ file: file.path, reason: skippedInWords(file) }));
    const head =
      `${listing.files.length} text files, ${listing.ignored} ignored entries, ${skipped.length} skipped` +
      (listing.truncated ? '; the list stops at its limit' : '');
    return {
      text: `${head}\n${cutText(lines, maxOutputChars, 'List single folders.')}`,
      summary: `listed ${counted(listing.files.length, 'file')}`,
      skipped,
      ...(listing.truncated
        ? { notes: [`The list of files stops at ${listing.files.length} (files.max_files).`] }
        : {}),
    };
  },
});
