import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import {
  openModelServer,
  type ModelServer,
  type ModelServerOptions,
  type ProtocolName,
  type Script,
} from './model-server.ts';

export { openModelServer } from './model-server.ts';
export type { ModelServer, ModelServerOptions, ProtocolName, Script } from './model-server.ts';
export type { RecordedRequest, ScriptedReply, ScriptedStep, ScriptedUsage } from './script.ts';
export type { RecordedSignal } from '../recorded-signal.ts';

/**
 * A model server that speaks a provider's real protocol on loopback and follows a script.
 * At the test's end it is closed, and the test fails if a request was not in the script or a step was not asked for.
 */
export async function startModelServer(
  t: TestContext,
  protocol: ProtocolName,
  script: Script,
  options: ModelServerOptions = {},
): Promise<ModelServer> {
  const server = await openModelServer(protocol, script, options);
  t.after(async () => {
    await server.close();
    assert.deepEqual(server.violations(), [], `${protocol} server`);
  });
  return server;
}
