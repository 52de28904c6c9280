/** The command line: commands derived from the operations, and those of this machine. */
export { runCli } from './run-cli.ts';
export type { CliHost, CliSession, ExtraCommand, GlobalOptions, InputOptions, Terminal } from './cli-host.ts';
export { cliErrors } from './errors.ts';
export { exitCodes, findingsExitCode, interruptedExitCode } from './exit-codes.ts';
export { renderDiagnosis } from './render/render-diagnosis.ts';
export { paintFor } from './terminal/paint.ts';
export { openProgressLine } from './terminal/progress-line.ts';
export {
  renderChange,
  renderClients,
  renderLaunch,
  renderProjectPlan,
  renderWritten,
} from './render/render-setup.ts';
