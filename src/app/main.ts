#!/usr/bin/env node
import { assertNodeVersion } from './node-version.ts';

assertNodeVersion();
// An IDE waits for the server to answer: it loads nothing of the command line.
if (process.argv[2] === 'mcp' && process.argv.length === 3) {
  const { runMcp } = await import('./mcp.ts');
  await runMcp({ cwd: process.cwd(), env: process.env });
} else {
  const { runTroupe } = await import('./cli.ts');
  process.exitCode = await runTroupe(process.argv.slice(2));
}
