/**
 * Loaded into every test process before its tests: a connection that leaves this machine fails at once, so that no
 * test can depend on the network or spend money on a model.
 */
import { isIP, Socket } from 'node:net';

/** Whether `host` is this machine. Names other than `localhost` are not, whatever they resolve to. */
function isLoopback(host: string): boolean {
  if (host === 'localhost' || host.endsWith('.localhost')) return true;
  return isIP(host) === 6 ? host === '::1' || host === '::' : /^(127\.|0\.0\.0\.0$)/.test(host);
}

/** The host of any form `connect` takes, among them the normalised array that `net` passes to itself. */
function hostOf(args: readonly unknown[]): string | undefined {
  const [first, second] = args;
  if (Array.isArray(first)) return hostOf(first as unknown[]);
  if (typeof first === 'object' && first !== null) {
    const { path, host } = first as { path?: unknown; host?: unknown };
    return typeof path === 'string' ? undefined : typeof host === 'string' ? host : 'localhost';
  }
  if (typeof first === 'number') return typeof second === 'string' ? second : 'localhost';
  return undefined;
}

const connect = Socket.prototype.connect as (this: Socket, ...args: unknown[]) => Socket;

Socket.prototype.connect = function guarded(this: Socket, ...args: unknown[]): Socket {
  const host = hostOf(args);
  if (host === undefined || isLoopback(host)) return connect.apply(this, args);
  queueMicrotask(() => this.destroy(new Error(`A test tried to reach ${host}; tests stay on this machine.`)));
  return this;
};
