import { ruleFileSize, type FileFormat } from './export-format.ts';
import { globsOf } from './file-globs.ts';

/** Claude Code's project rules: `paths` says for which files; a rule without it is always read. */
export const claude: FileFormat = {
  kind: 'files',
  target: 'claude',
  folder: '.claude/rules',
  extension: '.md',
  most: ruleFileSize,
  readsUnscopedAlways: true,
  head(scope) {
    const globs = globsOf(scope);
    if (globs.length === 0) return '';
    return ['---', 'paths:', ...globs.map((glob) => `  - ${JSON.stringify(glob)}`), '---', ''].join('\n');
  },
  losses: () => [],
};
