import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../../kernel/index.ts';

/** Time limits of one HTTP request, milliseconds. */
export interface HttpLimits {
  /** Until the connection stands, encryption included. */
  connectTimeoutMs: number;
  /** Between two bytes of the answer, and until the first. */
  idleTimeoutMs: number;
  /** From the request's start to the answer's end. */
  callTimeoutMs: number;
}

export type TimedOutPhase = 'connect' | 'idle' | 'total';

/** Watches one request: every wait in it has a limit. */
export interface CallWatch {
  connected(): void;
  /** A byte came. */
  byte(): void;
  /** The reader is busy, so that silence is not the server's fault. */
  paused(): void;
  stop(): void;
}

/**
 * Calls `onTimeout` once, with the limit that ran out. Sleeps on the clock it is given. What came while this process stood
 * still, as in a suspended terminal, is read before a limit is said to have run out.
 */
export function watchCall(
  limits: HttpLimits,
  clock: Clock,
  onTimeout: (phase: TimedOutPhase, limitMs: number) => void,
): CallWatch {
  const startedAt = clock.monotonicMs();
  let phase: 'connect' | 'idle' | 'paused' | 'stopped' = 'connect';
  let lastByteAt = startedAt;
  let nap = new AbortController();

  const due = (): { at: number; phase: TimedOutPhase; limitMs: number } => {
    const total = {
      at: startedAt + limits.callTimeoutMs,
      phase: 'total' as const,
      limitMs: limits.callTimeoutMs,
    };
    if (phase === 'connect') {
      const at = startedAt + limits.connectTimeoutMs;
      return at < total.at ? { at, phase: 'connect', limitMs: limits.connectTimeoutMs } : total;
    }
    const at = lastByteAt + limits.idleTimeoutMs;
    return phase === 'idle' && at < total.at ? { at, phase: 'idle', limitMs: limits.idleTimeoutMs } : total;
  };

  const watch = async () => {
    let hasRead = false;
    while (phase !== 'stopped') {
      const next = due();
      const leftMs = next.at - clock.monotonicMs();
      if (leftMs <= 0 && hasRead) {
        phase = 'stopped';
        return onTimeout(next.phase, next.limitMs);
      }
      hasRead = leftMs <= 0;
      if (hasRead) {
        await nextTurn();
        continue;
      }
      // Woken early when the phase changes; the loop then looks again.
      await clock.sleep(leftMs, { signal: nap.signal, unref: true }).catch(() => undefined);
    }
  };
  const enter = (next: typeof phase) => {
    if (phase === 'stopped' || phase === next) return;
    phase = next;
    lastByteAt = clock.monotonicMs();
    const woken = nap;
    nap = new AbortController();
    woken.abort();
  };

  void watch();
  return {
    connected: () => phase === 'connect' && enter('idle'),
    byte: () => {
      if (phase === 'idle') lastByteAt = clock.monotonicMs();
      else enter('idle');
    },
    paused: () => enter('paused'),
    stop: () => enter('stopped'),
  };
}
