import { block, type EncoderLayout } from './encoder-layout.ts';
import type { Kernel } from './kernel.ts';

/*
 * Two threads share the work on a question. A layer is two steps, a step is two halves of the tokens. Whoever is free claims
 * the next half, so a partner that sleeps or gets no processor costs nothing: the leader does both.
 *
 * The ticket says which run, which step, and how many of its halves are claimed: in one word, so that a claim holds for the
 * step it was made for. The next step begins when both halves are done.
 */
const ticketAt = 0;
const doneAt = 1;
const tokensAt = 2;
export const controlBytes = 16;

const halves = 2;
const stepOf = (ticket: number) => (ticket >> 2) & 0xff;
const claimedOf = (ticket: number) => ticket & 3;
const ticketOf = (run: number, step: number) => ((run & 0x1f_ffff) << 10) | (step << 2);

/** Looks at the ticket before falling asleep, some 100 µs: the next step is mostly there by then. */
const looks = 4_000;

/** Where a run works. */
export interface RunPlaces {
  layers: EncoderLayout['layers'];
  states: number;
  qkv: number;
}

/** Both sides of the sharing; each thread opens its own over the same `control`, with a kernel and scratch of its own. */
export function openHalves(
  kernel: Kernel,
  { layers, states, qkv }: RunPlaces,
  scratch: number,
  control: Int32Array<SharedArrayBuffer>,
) {
  let run = 0;

  const inBlocks = (from: number, to: number, call: (from: number, to: number) => void) => {
    for (let start = from; start < to; start += block) call(start, Math.min(start + block, to));
  };

  function doHalf(step: number, half: number): void {
    const tokens = Atomics.load(control, tokensAt);
    const middle = Math.ceil(tokens / halves);
    const [from, to] = half === 0 ? [0, middle] : [middle, tokens];
    const weights = layers[step >> 1]!;
    if (step % 2 === 0) inBlocks(from, to, (a, b) => kernel.project(states, a, b, weights, qkv, scratch));
    else {
      inBlocks(from, to, (a, b) => kernel.mix(states, tokens, a, b, weights, qkv, scratch));
      inBlocks(from, to, (a, b) => kernel.feed(states, a, b, weights, scratch));
    }
    Atomics.add(control, doneAt, 1);
  }

  /** Whether there was something to claim, and it was ours. */
  function claim(ticket: number): boolean {
    if (claimedOf(ticket) >= halves) return false;
    if (Atomics.compareExchange(control, ticketAt, ticket, ticket + 1) !== ticket) return false;
    doHalf(stepOf(ticket), claimedOf(ticket));
    return true;
  }

  /** The half that the partner has is mostly done in this moment, or it has no processor and it takes long. */
  function waitForBoth(): number {
    for (let look = 0; look < looks; look += 1) if (Atomics.load(control, doneAt) === halves) return 0;
    const startedAt = performance.now();
    Atomics.wait(control, doneAt, halves - 1);
    return performance.now() - startedAt;
  }

  return {
    /**
     * Runs all layers over this many tokens; returns the longest wait for the partner, milliseconds. Should a partner die
     * with a half in its hands, this does not return: whoever waits for this thread ends it as one that is silent.
     */
    lead(tokens: number): number {
      let longestMs = 0;
      run += 1;
      Atomics.store(control, tokensAt, tokens);
      for (let step = 0; step < 2 * layers.length; step += 1) {
        Atomics.store(control, doneAt, 0);
        Atomics.store(control, ticketAt, ticketOf(run, step));
        Atomics.notify(control, ticketAt);
        for (
          let ticket = Atomics.load(control, ticketAt);
          claimedOf(ticket) < halves;
          ticket = Atomics.load(control, ticketAt)
        ) {
          claim(ticket);
        }
        longestMs = Math.max(longestMs, waitForBoth());
      }
      return longestMs;
    },

    /** Takes halves for ever. */
    follow(): never {
      for (let idle = 0; ; idle += 1) {
        const ticket = Atomics.load(control, ticketAt);
        if (claim(ticket)) {
          Atomics.notify(control, doneAt);
          idle = 0;
        } else if (idle > looks) {
          Atomics.wait(control, ticketAt, ticket);
          idle = 0;
        }
      }
    },
  };
}
