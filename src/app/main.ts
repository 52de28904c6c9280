#!/usr/bin/env node
import { keepCompiledCode } from './compiled-code.ts';
import { assertNodeVersion } from './node-version.ts';

assertNodeVersion();
keepCompiledCode();
// An IDE waits for the server to answer, so it loads nothing of the command line. This is how `troupe init` has it start.
const [command, option, project, ...rest] = process.argv.slice(2);
const namesProject = option === '--project' && project !== undefined && rest.length === 0;
if (command === 'mcp' && (option === undefined || namesProject)) {
  const { runMcp } = await import('./mcp.ts');
  try {
    await runMcp({ cwd: process.cwd(), env: process.env, project });
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
