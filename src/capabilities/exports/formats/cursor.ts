import type { Digest } from '../digest/digest.ts';
import { ruleFileSize, type FileFormat } from './export-format.ts';
import { commaGlobsOf } from './file-globs.ts';

const maxDescriptionLength = 160;

/**
 * Cursor's project rules. Globs are separated by commas and stand bare: Cursor takes quotes and brackets as parts of
 * the pattern. A standard for every file is always read when a person approved it here; one that ships with Troupe is
 * read when the agent finds its description to fit.
 */
export const cursor: FileFormat = {
  kind: 'files',
  target: 'cursor',
  folder: '.cursor/rules',
  extension: '.mdc',
  most: ruleFileSize,
  head(digest) {
    const { globs } = commaGlobsOf(digest);
    return [
      '---',
      `description: ${descriptionOf(digest)}`,
      `globs: ${globs.join(',')}`.trimEnd(),
      `alwaysApply: ${globs.length === 0 && !digest.universal}`,
      '---',
      '',
    ].join('\n');
  },
  losses(digest) {
    const { widened } = commaGlobsOf(digest);
    return [
      ...widened.map((glob) => ({
        standard: digest.id,
        what: `the comma in the glob ${glob}: any character matches`,
      })),
      ...(digest.universal && digest.appliesTo.length === 0
        ? [{ standard: digest.id, what: 'that it is for every file: the agent decides by its description' }]
        : []),
    ];
  },
};

/** One bare line: Cursor's reader knows no quotes. */
function descriptionOf({ title, lead }: Digest): string {
  const text = `${title}. ${lead}`
    .replaceAll(/\s+/g, ' ')
    .replaceAll(': ', ' - ')
    .replaceAll(' #', ' ')
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .trim();
  return text.length <= maxDescriptionLength ? text : `${text.slice(0, maxDescriptionLength - 1).trimEnd()}…`;
}
