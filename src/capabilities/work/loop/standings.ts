import { counted } from '../../../kernel/index.ts';
import type { JobPhase } from '../../jobs/contract/index.ts';
import type { Standing } from '../../jobs/index.ts';

/** Where each phase begins and ends, percent (the documents' checkpoints; 100 is the stored result). */
const ranges: Record<JobPhase, readonly [from: number, to: number]> = {
  initializing: [0, 10],
  searching: [10, 50],
  analyzing: [50, 80],
  generating: [80, 95],
};

const phases = Object.keys(ranges) as JobPhase[];

/** A review's text is about this long; beyond it the bar only creeps. */
const typicalReviewChars = 6_000;

/** Turns what happens in the loop into phase and percent that never go back. */
export interface Standings {
  readonly current: Standing;
  readonly phase: JobPhase;
  starting(message: string): Standing;
  thinking(model: string): Standing;
  calling(phase: JobPhase, tool: string): Standing;
  /** A long call is `fraction` (0 to 1) through. */
  within(phase: JobPhase, fraction: number, message: string): Standing;
  called(phase: JobPhase, summary: string): Standing;
  writing(chars: number): Standing;
}

export function createStandings(): Standings {
  let current: Standing = { phase: 'initializing', percent: 0, message: 'starting' };
  const calls: Record<JobPhase, number> = { initializing: 0, searching: 0, analyzing: 0, generating: 0 };

  function move(phase: JobPhase, percent: number, message: string): Standing {
    // A later search does not throw the bar, or the phase, back.
    const ahead = phases.indexOf(phase) >= phases.indexOf(current.phase);
    current = {
      phase: ahead ? phase : current.phase,
      percent: Math.max(current.percent, Math.round(percent)),
      message,
    };
    return current;
  }

  /** Each call covers a part of what is left of its phase: nobody knows how many will come. */
  function percentAfter(phase: JobPhase, fraction: number): number {
    const [from, to] = ranges[phase];
    const done = 1 - 0.75 ** (calls[phase] + fraction);
    return from + (to - from) * done;
  }

  return {
    get current() {
      return current;
    },
    get phase() {
      return current.phase;
    },
    starting: (message) => move('initializing', ranges.initializing[1] / 2, message),
    thinking: (model) =>
      move(current.phase === 'initializing' ? 'searching' : current.phase, 10, `waiting for ${model}`),
    calling: (phase, tool) => move(phase, percentAfter(phase, 0), tool),
    within: (phase, fraction, message) => {
      const [from, to] = ranges[phase];
      return move(phase, from + (to - from) * Math.min(1, fraction) * 0.9, message);
    },
    called(phase, summary) {
      calls[phase] += 1;
      return move(phase, percentAfter(phase, 0), summary);
    },
    writing(chars) {
      const [from, to] = ranges.generating;
      return move(
        'generating',
        from + (to - from) * (1 - Math.exp(-chars / typicalReviewChars)),
        `writing the review, ${counted(chars, 'character')}`,
      );
    },
  };
}
