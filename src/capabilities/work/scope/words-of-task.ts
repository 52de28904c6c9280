/** A word of a task, or several that quotes hold together. */
export interface TaskWord {
  word: string;
  quoted: boolean;
  /** Where the word begins and ends in the task. */
  start: number;
  end: number;
  /** The lines that it names, from 1, both included: `src/a.ts:12-20`. */
  lines: LineRange | undefined;
}

export interface LineRange {
  first: number;
  last: number;
}

/** A Markdown link, whose target counts; text in backticks or quotes, also within a bracket; else what spaces part. */
const words =
  /\[[^\]\n]*\]\(<?([^)>\n]+)>?\)|[(<{]*(?:`([^`\n]+)`|"([^"\n]+)"|'([^'\n]+)'|“([^”\n]+)”|„([^“\n]+)“)|(\S+)/dg;
const bareGroup = 7;

/** The words of a task in order, without what belongs to the sentence; a place within a file is told apart. */
export function* wordsOf(task: string): Generator<TaskWord> {
  for (const match of task.matchAll(words)) {
    const group = match.findIndex((text, index) => index > 0 && text !== undefined);
    const quoted = group !== bareGroup;
    const text = match[group]!;
    const plain = quoted ? text.trim() : withoutPunctuation(text);
    const start = match.indices![group]![0] + text.indexOf(plain);
    const word = plain.replace(position, '');
    yield { word, quoted, start, end: start + word.length, lines: rangeOf(plain.slice(word.length)) };
  }
}

/** `src/auth,` and `(src/auth).` are `src/auth`; a leading dot stays. */
function withoutPunctuation(word: string): string {
  return word
    .replace(/^[("'`[{<]+/, '')
    .replace(/(?<=[\p{L}\p{M}\p{N}_])[)"'`\]}>,;:!?.]+$/u, '')
    .replace(/[)"'`\]}>,;:!?]+$/, '');
}

/** `:12`, `:12:5`, `:12-20`, `#L12-L20`, and `(12,5)` whose bracket went with the sentence's. */
const position = /(?::\d+(?:[:-]\d+)*|#L\d+(?:-L?\d+)?|\(\d+(?:,\s?\d+)?)$/;

/** A range of lines; one line alone says where somebody looks, not how far. */
function rangeOf(text: string): LineRange | undefined {
  const [, from, to] = /^(?::|#L)(\d+)-L?(\d+)$/.exec(text) ?? [];
  if (from === undefined || to === undefined) return undefined;
  const [first, last] = [Number(from), Number(to)].sort((a, b) => a - b);
  return { first: Math.max(1, first!), last: Math.max(1, last!) };
}
