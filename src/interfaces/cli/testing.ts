import type { Terminal } from './cli-host.ts';

export { hasRenderer } from './render/render-output.ts';

/** A terminal that keeps what is written to it and answers questions as told. */
export interface RecordingTerminal extends Terminal {
  /** Everything written to standard output. */
  readonly written: () => string;
  /** Everything written to standard error. */
  readonly notes: () => string;
  /** The questions that were asked. */
  readonly asked: readonly string[];
}

/** A terminal where a person sits, unless told otherwise. */
export function recordingTerminal(
  options: Partial<
    Pick<Terminal, 'outIsTerminal' | 'errIsTerminal' | 'inIsTerminal' | 'columns' | 'color'>
  > & {
    /** Answers to questions, in order, `enter` being return alone; then no. */
    answers?: readonly (boolean | 'enter')[];
  } = {},
): RecordingTerminal {
  const { answers = [], ...facts } = options;
  let out = '';
  let err = '';
  const asked: string[] = [];
  return {
    out: (text) => (out += text),
    err: (text) => (err += text),
    outIsTerminal: true,
    errIsTerminal: true,
    inIsTerminal: true,
    columns: 60,
    color: false,
    ...facts,
    readInput: () => Promise.resolve({ text: undefined, silent: false, isEmpty: false }),
    confirm(question, onEnter) {
      asked.push(question);
      const answer = answers[asked.length - 1] ?? false;
      return Promise.resolve(answer === 'enter' ? onEnter === 'yes' : answer);
    },
    written: () => out,
    notes: () => err,
    asked,
  };
}
