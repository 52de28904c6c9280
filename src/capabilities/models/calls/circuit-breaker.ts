import type { Clock } from '../../../kernel/index.ts';

interface Circuit {
  failures: number;
  /** What the last of them said. */
  lastFailure: string;
  /** Monotonic time until which nothing is sent; `undefined` while closed. */
  openUntil: number | undefined;
  /** One call is trying whether the server is back. */
  probing: boolean;
}

/** Leave to make one call. Exactly one of the last three is called at its end; further calls do nothing. */
export interface Passage {
  /** The server has begun to answer: others may call it again, though only a whole answer wipes out its failures. */
  begun(): void;
  succeeded(): void;
  /** Returns true when this failure opened the circuit. */
  failed(reason: string): boolean;
  /** The call ended for reasons that say nothing about the server. */
  abandoned(): void;
}

export interface CircuitBreaker {
  /** Milliseconds for which nothing passes; 0 when a call may try. */
  closedForMs(model: string): number;
  /**
   * Leave to call this model, or the milliseconds until it may be tried again and why it is left alone.
   * Guarantee: after `failures` failures in a row nothing passes for `openMs`; then one call at a time, until one is answered.
   */
  enter(
    model: string,
    limits: { breakerFailures: number; breakerOpenMs: number },
  ): Passage | { closedForMs: number; lastFailure: string };
}

/** Remembers which models failed, each at its server, for as long as it lives. */
export function openCircuitBreaker(clock: Clock): CircuitBreaker {
  const circuits = new Map<string, Circuit>();
  const closedForMs = (circuit: Circuit | undefined): number =>
    circuit?.openUntil === undefined ? 0 : Math.max(0, circuit.openUntil - clock.monotonicMs());
  return {
    closedForMs: (model) => closedForMs(circuits.get(model)),
    enter(model, { breakerFailures, breakerOpenMs }) {
      const circuit = circuits.get(model) ?? {
        failures: 0,
        lastFailure: '',
        openUntil: undefined,
        probing: false,
      };
      circuits.set(model, circuit);
      if (circuit.openUntil !== undefined) {
        const leftMs = closedForMs(circuit);
        const { lastFailure } = circuit;
        if (leftMs > 0) return { closedForMs: leftMs, lastFailure };
        if (circuit.probing) return { closedForMs: breakerOpenMs, lastFailure };
        circuit.probing = true;
      }
      let ended = false;
      const once = <T>(act: () => T, otherwise: T): T => {
        if (ended) return otherwise;
        ended = true;
        circuit.probing = false;
        return act();
      };
      return {
        begun: () => {
          if (ended) return;
          circuit.openUntil = undefined;
          circuit.probing = false;
        },
        succeeded: () =>
          once(() => {
            circuit.failures = 0;
            circuit.openUntil = undefined;
          }, undefined),
        failed: (reason) =>
          once(() => {
            circuit.failures += 1;
            circuit.lastFailure = reason;
            if (circuit.failures < breakerFailures) return false;
            circuit.openUntil = clock.monotonicMs() + breakerOpenMs;
            return true;
          }, false),
        abandoned: () => once(() => undefined, undefined),
      };
    },
  };
}
