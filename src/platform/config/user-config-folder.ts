import path from 'node:path';

/**
 * Folder of the user's own configuration: `XDG_CONFIG_HOME/troupe` where that is set, `%APPDATA%\troupe` on Windows,
 * else `~/.config/troupe`. It need not exist.
 */
export function userConfigFolder(options: {
  env: NodeJS.ProcessEnv;
  home: string;
  platform: NodeJS.Platform;
}): string {
  const { env, home, platform } = options;
  const xdg = env['XDG_CONFIG_HOME'];
  // Relative values are invalid by the XDG specification, and would depend on the current folder.
  if (xdg !== undefined && path.isAbsolute(xdg)) return path.join(xdg, 'troupe');
  const appData = env['APPDATA'];
  if (platform === 'win32' && appData !== undefined && path.isAbsolute(appData))
    return path.join(appData, 'troupe');
  return path.join(home, '.config', 'troupe');
}
