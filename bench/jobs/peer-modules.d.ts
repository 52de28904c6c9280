/** What the benchmark uses of its peers. They are installed under bench/ only, so the type check does not need them. */

declare module 'plainjob' {
  export interface Queue {
    add(type: string, data: unknown): { id: number };
    getAndMarkJobAsProcessing(type: string): { id: number } | undefined;
    markJobAsDone(id: number): void;
    close(): void;
  }
  export function defineQueue(options: { connection: unknown; logger: unknown }): Queue;
}

declare module 'graphile-worker' {
  export interface Logger {
    debug(message: string): void;
  }
  export const Logger: new (factory: () => () => void) => Logger;
  export function makeWorkerUtils(options: { connectionString: string; logger: Logger }): Promise<{
    migrate(): Promise<void>;
    addJob(task: string, payload: unknown): Promise<unknown>;
    release(): Promise<void>;
  }>;
  export function runOnce(options: {
    connectionString: string;
    logger: Logger;
    taskList: Record<string, () => void>;
    concurrency: number;
  }): Promise<void>;
}

declare module 'pg-boss' {
  export class PgBoss {
    constructor(options: { connectionString: string; supervise: boolean; schedule: boolean });
    start(): Promise<unknown>;
    createQueue(name: string): Promise<void>;
    send(name: string, data: unknown): Promise<unknown>;
    fetch(name: string): Promise<{ id: string }[]>;
    complete(name: string, id: string): Promise<unknown>;
    stop(options: { graceful: boolean }): Promise<void>;
  }
}
