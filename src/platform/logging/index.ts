export { createLogger } from './logger.ts';
export type { LogFields, Logger, LoggerOptions, LogLevel, LogStream } from './logger.ts';
export { redactText } from './redact.ts';
