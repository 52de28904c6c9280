import { invoke } from '../../../kernel/index.ts';
import type { CheckOutput } from '../../../capabilities/checks/contract/index.ts';
import { cliCall, type CliHost, type GlobalOptions } from '../cli-host.ts';
import { cliErrors } from '../errors.ts';
import { exitCodes, findingsExitCode } from '../exit-codes.ts';
import { renderCheck } from '../render/render-check.ts';
import { visibleData } from '../render/visible.ts';
import { paintFor } from '../terminal/paint.ts';
import { openProgressLine } from '../terminal/progress-line.ts';
import { severityOf } from './ask.ts';
import { diffFromHere, pathsFromHere } from './from-here.ts';
import { maxContextBytes, readContext } from './read-context.ts';
import { operationNamed } from './run-operation.ts';
import { severities } from './show-outcome.ts';

export interface CheckOptions {
  staged?: boolean;
  base?: string;
  /** File that holds a diff; `-` for standard input. */
  diff?: string;
  /** Only these standards, comma-separated. */
  standards?: string;
  rulesOnly?: boolean;
  format?: string;
  /** Least severity that makes the command fail, or `never`. */
  failOn?: string;
}

const formats = ['text', 'json', 'sarif', 'sarif-full'] as const;

/** More than a project has; what a page leaves out, a script would miss. */
const maxFindings = 10_000;

/** `troupe check`: what departs from the standards, for people, scripts, git hooks and code hosts. */
export async function check<Deps>(
  host: CliHost<Deps>,
  paths: readonly string[],
  given: CheckOptions,
  options: GlobalOptions,
): Promise<number> {
  const failOn = given.failOn === 'never' ? undefined : severityOf(given.failOn ?? 'low');
  const format = formats.find((known) => known === (given.format ?? (options.json ? 'json' : 'text')));
  if (format === undefined)
    throw cliErrors.make('cli.bad_format', { given: given.format ?? '', known: formats });
  const session = await host.openSession(options);
  const progress = openProgressLine(host.terminal);
  try {
    const place = { root: session.root, cwd: host.cwd };
    const text = await diffOf(host, paths, given, session.root);
    const diff = text === undefined ? undefined : await diffFromHere(text, place);
    const input = {
      ...(paths.length === 0 ? {} : { paths: await pathsFromHere(paths, place) }),
      ...(diff === undefined ? {} : { diff }),
      ...(given.base === undefined ? {} : { base: given.base }),
      ...(given.standards === undefined
        ? {}
        : { standards: given.standards.split(',').map((name) => name.trim()) }),
      staged: given.staged === true,
      rules_only: given.rulesOnly === true,
      limit: maxFindings,
    };
    const call = { ...cliCall, signal: host.interrupted, progress: progress.show };
    const output = (await invoke(operationNamed(host, 'standards.check'), input, {
      deps: await session.deps(),
      call,
    })) as CheckOutput;
    progress.clear();
    host.terminal.out(await written(host, output, format));
    const worst = failOn === undefined ? [] : severities.slice(0, severities.indexOf(failOn) + 1);
    if (output.findings.some(({ severity }) => worst.includes(severity))) return findingsExitCode;
    return output.incomplete && failOn !== undefined ? exitCodes.conflict : 0;
  } finally {
    progress.clear();
    await session.close();
  }
}

/**
 * The diff that is to be checked: the one named, or one that is piped in where nothing else says what to check. Git hands
 * other things to some hooks, and runners leave pipes open: those are said, and the whole project is checked.
 */
async function diffOf<Deps>(
  host: CliHost<Deps>,
  paths: readonly string[],
  given: CheckOptions,
  root: string,
): Promise<string | undefined> {
  if (given.diff !== undefined) return (await readContext(host, given.diff, root)).text ?? '';
  if (paths.length > 0 || given.base !== undefined || given.staged === true) return undefined;
  const { text, silent } = await host.terminal.readInput({
    wait: false,
    maxBytes: maxContextBytes,
    signal: host.interrupted,
  });
  if (silent)
    host.terminal.err('Standard input is open and silent, so it is not read; --diff - waits for a diff.\n');
  if (text === undefined) return undefined;
  const { isDiff } = await import('../../../capabilities/checks/index.ts');
  if (isDiff(text)) return text;
  host.terminal.err('What was piped in is not a diff, so it is ignored and the whole project is checked.\n');
  return undefined;
}

async function written<Deps>(
  { terminal, version }: CliHost<Deps>,
  output: CheckOutput,
  format: (typeof formats)[number],
): Promise<string> {
  if (format === 'text') return renderCheck(visibleData(output), paintFor(terminal));
  if (format === 'json') return `${JSON.stringify(output, null, 2)}\n`;
  const { toSarif } = await import('../../../capabilities/checks/index.ts');
  const log = toSarif(output, { version, suppressed: format === 'sarif-full' });
  return `${JSON.stringify(log, null, 2)}\n`;
}
