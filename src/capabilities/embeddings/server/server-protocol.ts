import { z } from 'zod';
import type { OpenServer } from '../../models/index.ts';

/** How a kind of server is asked for vectors. */
export interface ServerProtocol {
  /** Whose rules for keys and addresses hold. */
  provider(baseUrl: string | undefined): string;
  /** One vector for each text; `undefined` when the answer holds none. */
  embed(
    server: OpenServer,
    name: string,
    texts: readonly string[],
    signal: AbortSignal | undefined,
  ): Promise<readonly (readonly number[])[] | undefined>;
  /** What changes when the model behind the name does; `undefined` where the server does not tell. */
  revision(server: OpenServer, name: string, signal: AbortSignal | undefined): Promise<string | undefined>;
}

/** A vector as it travels. */
export const vectorOnTheWire = z.array(z.number()).min(1).max(100_000);
