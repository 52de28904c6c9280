import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { analyze } from '../../src/capabilities/analyzers/index.ts';

/** The analyzers of one trade over a folder, and nothing around them: what the review is compared with. */
const root = process.argv[2]!;
const entries = await readdir(root, { recursive: true, withFileTypes: true });
const files = entries
  .filter((entry) => entry.isFile() && !entry.parentPath.includes('.agent-os'))
  .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
  .sort();
const report = await analyze({ root, files, trades: ['security'] });
process.stdout.write(`${report.evidence.length} results in ${report.filesAnalyzed} files\n`);
process.exit(0);
