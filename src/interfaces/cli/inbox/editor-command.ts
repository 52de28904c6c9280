import { statSync } from 'node:fs';
import path from 'node:path';
import { leadsInto } from '../../../platform/files/index.ts';

/** What `spawn` is given to open a file in the person's editor. */
export interface EditorCommand {
  program: string;
  args: string[];
  /** Variables beside the environment. */
  env: Record<string, string>;
  /** `args` are a line of `cmd.exe` as it stands; nothing is quoted again. */
  verbatim: boolean;
}

interface EditorOptions {
  env: NodeJS.ProcessEnv;
  platform: NodeJS.Platform;
  /** Real path of the project: an editor that it brings along is none of the person's. */
  root: string;
  /** Whether a file is there. */
  isFile?: (file: string) => boolean;
}

/** What the person calls their editor, `VISUAL` before `EDITOR`; the system's own where they named none. */
export function editorOf({ env, platform }: Pick<EditorOptions, 'env' | 'platform'>): string {
  const named = env['VISUAL']?.trim() || env['EDITOR']?.trim();
  return named || (platform === 'win32' ? 'notepad' : 'vi');
}

/**
 * How to start an editor, named as `code --wait` or `"C:\Program Files\editor.exe" -n`, on a file. No shell sees any of it,
 * but where the editor is a batch file (`code` is `code.cmd` on Windows), which nothing else can run: there each word travels
 * in a variable of its own between quotes. What a variable holds is not expanded again, so that no character of a
 * word or of the file's path is a command. Gives a reason in words where a word cannot travel so; `undefined` where no such
 * program is found outside the project.
 */
export function editorCommand(
  editor: string,
  file: string,
  options: EditorOptions,
): EditorCommand | string | undefined {
  const [program = editor, ...words] = wordsOf(editor);
  const found = findProgram(program, options);
  if (found === undefined) return undefined;
  const isBatch = options.platform === 'win32' && /\.(?:cmd|bat)$/i.test(found);
  if (!isBatch) return { program: found, args: [...words, file], env: {}, verbatim: false };
  const all = [found, ...words, file];
  const odd = all.find((word) => /["\p{Cc}]/u.test(word));
  if (odd !== undefined)
    return `a batch file takes no quote and no control character in ${JSON.stringify(odd)}`;
  const variables = all.map((word, number) => [`TROUPE_EDITOR_${number}`, endedSafely(word)] as const);
  const line = variables.map(([name]) => `"%${name}%"`).join(' ');
  return {
    program: variable(options.env, 'COMSPEC') ?? 'cmd.exe',
    // No start-up commands, no second way to expand; the outer quotes are taken off and the rest is the line.
    args: ['/d', '/v:off', '/s', '/c', `"${line}"`],
    env: Object.fromEntries(variables),
    verbatim: true,
  };
}

/** A program would take a backslash before the closing quote for one that quotes it. */
const endedSafely = (word: string) => word.replace(/\\+$/, '$&$&');

/** The words of a command, those in quotes as one. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, plain]) => double ?? single ?? plain ?? '',
  );
}

/**
 * The file of a program: by its path, or in the folders of the PATH, on Windows with the endings of PATHEXT. What a person
 * names by its path is theirs; what is looked for is never taken from the current folder or the project, which `npx` and
 * `npm run` put on the PATH.
 */
function findProgram(program: string, options: EditorOptions): string | undefined {
  const { env, platform, root, isFile = isRegularFile } = options;
  const isWindows = platform === 'win32';
  const paths = isWindows ? path.win32 : path.posix;
  const names = isWindows ? withEndings(program, env) : [program];
  if (program.includes('/') || (isWindows && program.includes('\\')))
    return isWindows ? names.find((name) => isFile(name)) : program;
  const folders = (variable(env, 'PATH') ?? '')
    .split(paths.delimiter)
    .map((entry) => entry.replace(/^"(.*)"$/, '$1'))
    .filter((folder) => paths.isAbsolute(folder));
  return folders
    .flatMap((folder) => names.map((name) => paths.join(folder, name)))
    .find((name) => isFile(name) && !leadsInto(root, name));
}

function withEndings(program: string, env: NodeJS.ProcessEnv): string[] {
  const endings = (variable(env, 'PATHEXT') ?? '.COM;.EXE;.BAT;.CMD').toLowerCase().split(';');
  const hasEnding = endings.includes(path.win32.extname(program).toLowerCase());
  return hasEnding ? [program] : endings.map((ending) => program + ending);
}

/** Only the process's own environment ignores the case of names, as Windows does. */
function variable(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const key = Object.keys(env).find((one) => one.toUpperCase() === name);
  return key === undefined ? undefined : env[key];
}

/** A folder of the PATH that this account may not enter holds none for it. */
function isRegularFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
