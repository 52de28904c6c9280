import type { AnalysisReport, AnalysisRequest } from '../../analyzers/index.ts';

/** Code in a text, by language: all other lines of the text are empty, so that lines keep their numbers. */
interface CodeBlock {
  /** Of the files that hold such code; `undefined` where nothing names the language. */
  extension: string | undefined;
  text: string;
}

/**
 * The name that code of a context is shown under. There is no such file; the line is that of the context.
 */
export const nameOfContext = (extension: string) => `(context).${extension}`;

/** What people write behind a fence, and the extension of such files; others are taken for the extension itself. */
const extensions: ReadonlyMap<string, string> = new Map(
  Object.entries({
    typescript: 'ts',
    javascript: 'js',
    node: 'js',
    python: 'py',
    python3: 'py',
    golang: 'go',
    rust: 'rs',
    ruby: 'rb',
    csharp: 'cs',
    'c++': 'cpp',
    kotlin: 'kt',
    bash: 'sh',
    shell: 'sh',
  }),
);

/** Languages that are tried on code that no fence names: the first whose syntax it has, among equals. */
const tried = ['ts', 'tsx', 'py', 'go', 'java'];

const fence = /^ {0,3}(`{3,}|~{3,})[ \t]*([\w+#-]*)[^\n]*$/;

/**
 * The code that a text is, or holds between fences where that is most of it; nothing for prose, data and commands. Looks at the words alone, and is
 * quick.
 */
export function codeOfContext(text: string): readonly CodeBlock[] {
  const lines = text.split(/\r?\n/);
  if (!lines.some((line) => fence.test(line)))
    return looksLikeCode(text) ? [{ extension: undefined, text }] : [];
  const blocks = new Map<string | undefined, string[]>();
  let outside = 0;
  let open: { mark: string; into: string[] } | undefined;
  for (const [index, line] of lines.entries()) {
    const [, mark, label = ''] = fence.exec(line) ?? [];
    if (open !== undefined) {
      if (mark?.startsWith(open.mark) === true && label === '') open = undefined;
      else open.into[index] = line;
    } else if (mark !== undefined) {
      const extension =
        label === '' ? undefined : (extensions.get(label.toLowerCase()) ?? label.toLowerCase());
      const into = blocks.get(extension) ?? lines.map(() => '');
      blocks.set(extension, into);
      open = { mark, into };
    } else if (line.trim() !== '') outside += 1;
  }
  const inside = [...blocks.values()].flat().filter((line) => line.trim() !== '').length;
  // A design or a standard with examples is a text, and is not meant as code.
  if (outside > inside) return [];
  return [...blocks]
    .map(([extension, into]) => ({ extension, text: into.join('\n') }))
    .filter(({ extension, text: block }) => extension !== undefined || looksLikeCode(block))
    .filter(({ extension }) => extension === undefined || !notCode.has(extension));
}

const notCode = new Set(['text', 'txt', 'md', 'markdown', 'diff', 'patch', 'console', 'log', 'mermaid']);

/** What a program prints when it fails. */
const isTrace = /^[ \t]+at .+:\d+(?::\d+)?\)?$|^Traceback \(most recent call last\)|^goroutine \d+ \[/m;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A call, an assignment or a declaration, and no sentence: enough to ask the parsers. */
function looksLikeCode(text: string): boolean {
  if (isTrace.test(text) || isJson(text)) return false;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const code = lines.filter((line) =>
    /[\w)\]] ?\(|^\s*[\w.[\]]+\s*(?:[-+*|]|:)?=[^=]|[{};]\s*$|=>|^\s*(?:import|from|package|const|let|var|def|class|func|function|return|if|for|while|public|private|export|async|type|interface)\b.*[({:;='"]/.test(
      line,
    ),
  );
  const prose = lines.filter((line) =>
    /^\s*[-*>#]? ?\p{Lu}?[\p{L}'’,-]+(?: [\p{L}'’,()-]+){4,}[.:?!]?$/u.test(line),
  );
  return code.length > 0 && code.length > prose.length && code.length * 3 >= lines.length;
}

/**
 * The texts that rules can run over, by a name of their own. The language of code that names none is the one whose syntax
 * it has, among several the one whose rules find most. Code that no parser reads whole is left out.
 */
export async function textsOfCode(
  blocks: readonly CodeBlock[],
  {
    root,
    trades,
    analyze,
    signal,
  }: Omit<AnalysisRequest, 'files'> & {
    analyze: (request: AnalysisRequest) => Promise<AnalysisReport>;
  },
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const { extension, text } of blocks) {
    const named = extension ?? (await extensionOf(text));
    if (named === undefined) continue;
    const name = nameOfContext(named);
    texts.set(name, merged(texts.get(name), text));
  }
  return texts;

  async function extensionOf(text: string): Promise<string | undefined> {
    const candidates = new Map(tried.map((extension) => [nameOfContext(extension), text]));
    const report = await analyze({
      root,
      files: [...candidates.keys()],
      texts: candidates,
      trades,
      ...(signal === undefined ? {} : { signal }),
    });
    const notRead = new Set([...report.readInPart, ...report.skipped].map(({ file }) => file));
    const found = (extension: string) =>
      report.evidence.filter(({ file }) => file === nameOfContext(extension)).length;
    return tried
      .filter((extension) => !notRead.has(nameOfContext(extension)))
      .reduce<string | undefined>(
        (best, extension) => (best === undefined || found(extension) > found(best) ? extension : best),
        undefined,
      );
  }
}

/** Two blocks of one language; where the one has a line, the other has none. */
function merged(first: string | undefined, second: string): string {
  if (first === undefined) return second;
  const others = second.split(/\r?\n/);
  return first
    .split(/\r?\n/)
    .map((line, index) => line || (others[index] ?? ''))
    .join('\n');
}
