import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { analyze, trades } from '../../src/capabilities/analyzers/index.ts';

/** All rules of all trades over a folder, and nothing around them: what a check of every standard is compared with. */
const root = process.argv[2]!;
const entries = await readdir(root, { recursive: true, withFileTypes: true });
const files = entries
  .filter((entry) => entry.isFile() && !entry.parentPath.includes('.agent-os'))
  .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
  .sort();
const report = await analyze({ root, files, trades });
process.stdout.write(`${report.evidence.length} results in ${report.filesAnalyzed} files\n`);
process.exit(0);
