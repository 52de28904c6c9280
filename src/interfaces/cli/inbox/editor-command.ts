import { statSync } from 'node:fs';
import path from 'node:path';

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
  /** Whether a file is there; for Windows, where programs are looked for by their endings. */
  isFile?: (file: string) => boolean;
}

/** What the person calls their editor, `VISUAL` before `EDITOR`; the system's own where they named none. */
export function editorOf({ env, platform }: EditorOptions): string {
  const named = env['VISUAL']?.trim() || env['EDITOR']?.trim();
  return named || (platform === 'win32' ? 'notepad' : 'vi');
}

/**
 * How to start an editor, named as `code --wait` or `"C:\Program Files\editor.exe" -n`, on a file. No shell sees any of it,
 * but where the editor is a batch file (`code` is `code.cmd` on Windows), which nothing else can run: there each word travels
 * in a variable of its own between quotes. What a variable holds is not expanded again, so that no character of a
 * word or of the file's path is a command. Gives a reason in words where a word cannot travel so.
 */
export function editorCommand(editor: string, file: string, options: EditorOptions): EditorCommand | string {
  const [program = editor, ...words] = wordsOf(editor);
  const plain = { program, args: [...words, file], env: {}, verbatim: false };
  if (options.platform !== 'win32') return plain;
  const found = findOnWindows(program, options) ?? program;
  if (!/\.(?:cmd|bat)$/i.test(found)) return { ...plain, program: found };
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
 * The file of a program on Windows: by its path, or in the folders of the PATH, with the endings of PATHEXT. Never in the
 * current folder, which is a project's and not the person's.
 */
function findOnWindows(program: string, { env, isFile = isRegularFile }: EditorOptions): string | undefined {
  const { win32 } = path;
  const endings = (variable(env, 'PATHEXT') ?? '.COM;.EXE;.BAT;.CMD').toLowerCase().split(';');
  const hasEnding = endings.includes(win32.extname(program).toLowerCase());
  const names = hasEnding ? [program] : endings.map((ending) => program + ending);
  if (/[\\/]/.test(program)) return names.find((name) => isFile(name));
  const folders = (variable(env, 'PATH') ?? '')
    .split(';')
    .map((entry) => entry.replace(/^"(.*)"$/, '$1'))
    .filter((folder) => win32.isAbsolute(folder));
  return folders
    .flatMap((folder) => names.map((name) => win32.join(folder, name)))
    .find((name) => isFile(name));
}

/** Only the process's own environment ignores the case of names, as Windows does. */
function variable(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const key = Object.keys(env).find((one) => one.toUpperCase() === name);
  return key === undefined ? undefined : env[key];
}

const isRegularFile = (file: string) => statSync(file, { throwIfNoEntry: false })?.isFile() === true;
