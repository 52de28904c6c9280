import pc from 'picocolors';
import type { Terminal } from '../cli-host.ts';

export type Paint = ReturnType<typeof pc.createColors>;

/** Colours for results; all of them plain where there is no terminal or NO_COLOR is set. */
export function paintFor(terminal: Terminal): Paint {
  return pc.createColors(terminal.color && terminal.outIsTerminal);
}
