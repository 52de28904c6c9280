import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { utf8Text } from '../../../kernel/index.ts';
import { filesErrors } from '../../../platform/files/index.ts';
import { cliErrors } from '../errors.ts';
import { editorCommand, editorOf } from './editor-command.ts';

/** A text in a file that a person edits. */
export interface Draft {
  file: string;
  /**
   * Opens the editor and waits until it is closed. Resolves to the text then.
   * Errors: `cli.editor_failed`, `cli.no_editor`, `files.other_encoding`.
   */
  edit(): Promise<string>;
  /** Whether the file holds something else than it was made with. */
  isChanged(): Promise<boolean>;
  /** Removes the file. */
  discard(): Promise<void>;
}

/** Puts a text into a file of its own that nobody else can read. `root` is the real path of the project. */
export async function openDraft(
  env: NodeJS.ProcessEnv,
  root: string,
  name: string,
  text: string,
): Promise<Draft> {
  const file = join(await mkdtemp(join(tmpdir(), 'troupe-edit-')), name);
  await writeFile(file, text, { mode: 0o600 });
  return {
    file,
    async edit() {
      await runEditor(env, root, file);
      return savedText(env, file);
    },
    isChanged: async () => (await readFile(file).catch(() => undefined))?.equals(Buffer.from(text)) === false,
    discard: () => rm(dirname(file), { recursive: true, force: true }),
  };
}

/** What the editor left, every byte of it. */
async function savedText(env: NodeJS.ProcessEnv, file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: unknown) => {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason =
      code === 'ENOENT'
        ? 'it left no file where the text was; nothing was changed'
        : `what it left cannot be read: ${code ?? message}`;
    const command = editorOf({ env, platform: process.platform });
    throw cliErrors.make('cli.editor_failed', { command, reason }, { cause: error });
  });
  const text = utf8Text(bytes);
  if (typeof text !== 'string') throw filesErrors.make('files.other_encoding', { path: file, ...text });
  return text;
}

async function runEditor(env: NodeJS.ProcessEnv, root: string, file: string): Promise<void> {
  const options = { env, platform: process.platform, root };
  const editor = editorOf(options);
  const failed = (reason: string) => cliErrors.make('cli.editor_failed', { command: editor, reason });
  const command = editorCommand(editor, file, options);
  if (command === undefined) throw cliErrors.make('cli.no_editor', { command: editor });
  if (typeof command === 'string') throw failed(command);
  await new Promise<void>((resolve, reject) => {
    const child = spawn(command.program, command.args, {
      stdio: 'inherit',
      env: { ...env, ...command.env },
      windowsVerbatimArguments: command.verbatim,
    });
    child.once('error', (error: NodeJS.ErrnoException) => reject(failed(error.code ?? error.message)));
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(failed(signal === null ? `exit code ${code}` : `ended by ${signal}`));
    });
  });
}
