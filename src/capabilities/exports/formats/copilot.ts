import { ruleFileSize, type FileFormat } from './export-format.ts';
import { commaGlobsOf } from './file-globs.ts';

/** GitHub Copilot's path-specific instructions: `applyTo` holds globs, separated by commas. */
export const copilot: FileFormat = {
  kind: 'files',
  target: 'copilot',
  folder: '.github/instructions',
  extension: '.instructions.md',
  most: ruleFileSize,
  readsUnscopedAlways: true,
  head(scope) {
    const { globs } = commaGlobsOf(scope);
    return ['---', `applyTo: ${JSON.stringify(globs.length === 0 ? '**' : globs.join(','))}`, '---', ''].join(
      '\n',
    );
  },
  losses(digest) {
    return commaGlobsOf(digest).widened.map((glob) => ({
      standard: digest.id,
      what: `the comma in the glob ${glob}: any character matches`,
    }));
  },
};
