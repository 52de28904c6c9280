import { isAppError } from '../kernel/index.ts';
import { createLogger, type Logger, type LoggerOptions } from '../platform/logging/index.ts';
import type { ProjectContext } from './project-context.ts';

/** For whom it is written: a process that stays, or one command. */
export type LogForm = NonNullable<LoggerOptions['form']>;

/** This process's log on standard error, at the level of the settings; keys of the models in use never stand in it. */
export function openProcessLog({ settings, chain, env }: ProjectContext, form: LogForm): Logger {
  const keys = chain.links.map(({ keyEnv }) => (keyEnv === undefined ? undefined : env[keyEnv]));
  return createLogger({
    level: settings.values.logging.level,
    form,
    secrets: keys.filter((key) => key !== undefined),
  });
}

/** Writes down what went wrong beside any call: an `AppError` with its remedy, anything else with its stack. */
export function logProblem(logger: Logger, error: unknown): void {
  if (!isAppError(error)) {
    logger.error(error instanceof Error ? error.message : String(error), { error });
    return;
  }
  const { code, message, remedy, details, cause } = error;
  logger.error(message, { code, remedy, details, ...(cause === undefined ? {} : { cause }) });
}
