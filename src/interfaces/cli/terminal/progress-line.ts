import type { Terminal } from '../cli-host.ts';
import { visible } from '../../../kernel/index.ts';

export interface ProgressLine {
  show(progress: {
    percent: number;
    message: string;
    phase?: string | undefined;
    etaSeconds?: number | null | undefined;
  }): void;
  /** Removes the bar, so that the result begins on a clean line. */
  clear(): void;
}

const barWidth = 20;

const oneLine = (text: string) => visible(text.replaceAll(/\s+/g, ' '));

/** A bar that is rewritten on a terminal; elsewhere one plain line for each new phase. Both on standard error. */
export function openProgressLine(terminal: Terminal): ProgressLine {
  return terminal.errIsTerminal ? rewrittenLine(terminal) : plainLines(terminal);
}

function rewrittenLine(terminal: Terminal): ProgressLine {
  let shown = false;
  return {
    show({ percent, message, etaSeconds }) {
      const filled = Math.round((percent / 100) * barWidth);
      const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled);
      const left =
        etaSeconds === null || etaSeconds === undefined
          ? ''
          : ` · about ${Math.max(1, Math.round(etaSeconds))} s left`;
      const line = ` ${bar} ${String(percent).padStart(3)} %  ${oneLine(message)}${left}`;
      terminal.err(`\r\u001B[2K${line.slice(0, Math.max(10, terminal.columns - 1))}`);
      shown = true;
    },
    clear() {
      if (shown) terminal.err('\r\u001B[2K');
      shown = false;
    },
  };
}

function plainLines(terminal: Terminal): ProgressLine {
  let lastPhase: string | undefined;
  return {
    show({ percent, message, phase }) {
      if (phase === lastPhase) return;
      lastPhase = phase;
      terminal.err(`${String(percent).padStart(3)} %  ${phase ?? ''}  ${oneLine(message)}\n`);
    },
    clear: () => undefined,
  };
}
