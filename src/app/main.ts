#!/usr/bin/env node
import { assertNodeVersion } from './node-version.ts';

assertNodeVersion();
// An IDE waits for the server to answer: it loads nothing of the command line.
if (process.argv[2] === 'mcp' && process.argv.length === 3) {
  const { runMcp } = await import('./mcp.ts');
  try {
    await runMcp({ cwd: process.cwd(), env: process.env });
  } catch (error) {
    const { toAppError } = await import('../kernel/index.ts');
    const { exitCodes } = await import('../interfaces/cli/index.ts');
    const { line, category } = toAppError(error);
    process.stderr.write(` ${line}\n`);
    process.exitCode = exitCodes[category];
  }
} else {
  const { runTroupe } = await import('./cli.ts');
  process.exitCode = await runTroupe(process.argv.slice(2));
}
