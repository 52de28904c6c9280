import { stringify } from 'yaml';
import { ruleFileSize, type FileFormat, type RuleScope } from './export-format.ts';
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
  // It is read where its agent finds the description to fit.
  readsUnscopedAlways: false,
  head(scope) {
    const { globs } = commaGlobsOf(scope);
    return [
      '---',
      `description: ${descriptionOf(scope)}`,
      `globs: ${globs.join(',')}`.trimEnd(),
      `alwaysApply: ${globs.length === 0 && !scope.universal}`,
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

/**
 * One line, bare where YAML reads it as it stands, else in quotes: one who takes quotes for text sees two marks more, and
 * no word is lost on anyone.
 */
function descriptionOf({ title, lead }: RuleScope): string {
  const text = `${title}. ${lead}`.replaceAll(/\s+/g, ' ').trim();
  const short =
    text.length <= maxDescriptionLength ? text : `${text.slice(0, maxDescriptionLength - 1).trimEnd()}…`;
  return stringify(short, { lineWidth: 0, blockQuote: false }).trimEnd();
}
