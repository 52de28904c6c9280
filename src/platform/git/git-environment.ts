import type { GitProgram } from './find-git.ts';

/** Configuration keys with the values that hold for one call, above everything in files. */
export type GitOverrides = readonly (readonly [key: string, value: string])[];

/** What a repository's own configuration could make git run or reach, switched off. */
const alwaysOff: GitOverrides = [
  // Empty, not `false`: before version 2.36 that would be the name of a program to run.
  ['core.fsmonitor', ''],
  ['core.hooksPath', '/dev/null'],
  ['core.pager', 'cat'],
  ['core.sshCommand', 'false'],
  ['core.askPass', ''],
  ['core.alternateRefsCommand', ''],
  ['core.quotePath', 'false'],
  ['credential.helper', ''],
  // A diff would write the index anew, under its lock; before version 2.51 git asks no variable first.
  ['diff.autoRefreshIndex', 'false'],
  ['diff.external', ''],
  ['diff.noPrefix', 'false'],
  ['diff.mnemonicPrefix', 'false'],
  ['diff.interHunkContext', '0'],
  ['gpg.program', 'false'],
  ['protocol.allow', 'never'],
  ['safe.bareRepository', 'explicit'],
];

const passedOn = new Set(
  (
    'HOME USERPROFILE HOMEDRIVE HOMEPATH XDG_CONFIG_HOME APPDATA LOCALAPPDATA PROGRAMDATA PROGRAMFILES SYSTEMROOT ' +
    'WINDIR COMSPEC TMPDIR TEMP TMP GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM GIT_CEILING_DIRECTORIES'
  ).split(' '),
);

/**
 * The whole environment of one git call. Nothing else of ours is passed on: no keys, and none of the variables that
 * point git at another repository, configuration or program. The user's own and the machine's configuration stay in
 * force, since `safe.directory` stands there.
 *
 * Overrides travel in variables, not in `-c`: there a name with `=` in it would not be overridden.
 */
export function gitEnvironment(context: {
  program: GitProgram;
  env: NodeJS.ProcessEnv;
  overrides: GitOverrides;
  indexFile?: string | undefined;
}): NodeJS.ProcessEnv {
  const { program, env, overrides, indexFile } = context;
  const kept = Object.entries(env).filter(([name]) => passedOn.has(name.toUpperCase()));
  const all = [...alwaysOff, ...overrides];
  return {
    ...Object.fromEntries(kept),
    PATH: program.searchPath,
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_PAGER: 'cat',
    ...(indexFile === undefined ? {} : { GIT_INDEX_FILE: indexFile }),
    GIT_CONFIG_COUNT: String(all.length),
    ...Object.fromEntries(
      all.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  };
}
