/** A word of a task, or several that quotes hold together. */
export interface TaskWord {
  word: string;
  quoted: boolean;
}

/** A Markdown link, whose target counts; text in backticks or quotes, also within a bracket; else what spaces part. */
const words =
  /\[[^\]\n]*\]\(<?([^)>\n]+)>?\)|[(<{]*(?:`([^`\n]+)`|"([^"\n]+)"|'([^'\n]+)'|“([^”\n]+)”|„([^“\n]+)“)|(\S+)/g;

/** The words of a task in order, without what belongs to the sentence or to a place within a file. */
export function* wordsOf(task: string): Generator<TaskWord> {
  for (const [, link, backticks, double, single, curly, low, bare] of task.matchAll(words)) {
    const quoted = link ?? backticks ?? double ?? single ?? curly ?? low;
    if (quoted !== undefined) yield { word: withoutPosition(quoted.trim()), quoted: true };
    else yield { word: withoutPunctuation(bare!), quoted: false };
  }
}

/** `src/auth,` and `(src/auth).` are `src/auth`; `src/a.ts:12` and `src/a.ts#L12` are `src/a.ts`; a leading dot stays. */
function withoutPunctuation(word: string): string {
  return withoutPosition(
    word
      .replace(/^[("'`[{<]+/, '')
      .replace(/(?<=\w)[)"'`\]}>,;:!?.]+$/, '')
      .replace(/[)"'`\]}>,;:!?]+$/, ''),
  );
}

function withoutPosition(word: string): string {
  return word.replace(/(?::\d+(?:[:-]\d+)*|#L\d+(?:-L?\d+)?|\(\d+(?:,\s?\d+)?)$/, '');
}
