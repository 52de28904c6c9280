import path from 'node:path';

/**
 * Folder for pulled models, one for all projects: `XDG_CACHE_HOME/troupe/models` where that is set,
 * `%LOCALAPPDATA%\troupe\models` on Windows, else `~/.cache/troupe/models`. It need not exist.
 */
export function userModelsFolder(options: {
  env: NodeJS.ProcessEnv;
  home: string;
  platform: NodeJS.Platform;
}): string {
  const { env, home, platform } = options;
  const given = platform === 'win32' ? (env['XDG_CACHE_HOME'] ?? env['LOCALAPPDATA']) : env['XDG_CACHE_HOME'];
  // Relative values are invalid by the XDG specification, and would depend on the current folder.
  const cache = given !== undefined && path.isAbsolute(given) ? given : path.join(home, '.cache');
  return path.join(cache, 'troupe', 'models');
}
