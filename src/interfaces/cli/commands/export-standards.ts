import { invoke } from '../../../kernel/index.ts';
import type { ExportOutput } from '../../../capabilities/exports/contract/index.ts';
import { cliCall, type CliHost, type GlobalOptions } from '../cli-host.ts';
import { exitCodes, findingsExitCode } from '../exit-codes.ts';
import { renderExportOutcome, renderExportPlan, renderLeftExports } from '../render/render-export.ts';
import { visibleData } from '../render/visible.ts';
import { paintFor } from '../terminal/paint.ts';
import { operationNamed } from './run-operation.ts';

export interface ExportOptions {
  universal?: boolean;
  dryRun?: boolean;
  /** Writes nothing; the exit code says whether everything is in step. */
  check?: boolean;
}

/**
 * `troupe export`: shows every file, then writes; what people edited is left and makes the command fail, a dry run too. What
 * others exported of standards that are not approved here is left as well, and named on standard error.
 */
export async function exportStandards<Deps>(
  host: CliHost<Deps>,
  target: string,
  given: ExportOptions,
  options: GlobalOptions,
): Promise<number> {
  const session = await host.openSession(options);
  try {
    const deps = await session.deps();
    const paint = paintFor(host.terminal);
    const run = async (dryRun: boolean) => {
      const input = { target, universal: given.universal === true, dry_run: dryRun };
      const call = { ...cliCall, signal: host.interrupted };
      return (await invoke(operationNamed(host, 'standards.export'), input, { deps, call })) as ExportOutput;
    };
    const say = (text: string) => {
      if (!options.json && text !== '') host.terminal.out(text);
    };
    const plan = await run(true);
    say(renderExportPlan(visibleData(plan), paint, { contents: given.check !== true }));
    const writes = given.dryRun !== true && given.check !== true;
    const outcome = writes ? await run(false) : plan;
    if (options.json) host.terminal.out(`${JSON.stringify(outcome, null, 2)}\n`);
    else {
      const left = renderLeftExports(visibleData(outcome), paint);
      if (left !== '') host.terminal.err(left);
      say(renderExportOutcome(visibleData(outcome), paint, { planned: plan.files }));
    }
    if (given.check === true) return outcome.in_step ? 0 : findingsExitCode;
    return outcome.files.some(({ action }) => action === 'conflict') ? exitCodes.conflict : 0;
  } finally {
    await session.close();
  }
}
