import type { Writable } from 'node:stream';

/**
 * Takes standard output for the protocol alone: from now on `process.stdout`, and with it `console.log`, is standard
 * error, so that a stray line from any library cannot break a message. `release` undoes it.
 */
export function reserveStdout(): { stream: Writable; release(): void } {
  const property = Object.getOwnPropertyDescriptor(process, 'stdout')!;
  const stream = process.stdout;
  const { stderr } = process;
  Object.defineProperty(process, 'stdout', { configurable: true, enumerable: true, get: () => stderr });
  const methods = { log: console.log, info: console.info, debug: console.debug };
  console.log = console.info = console.debug = console.error;
  return {
    stream,
    release() {
      Object.defineProperty(process, 'stdout', property);
      Object.assign(console, methods);
    },
  };
}
