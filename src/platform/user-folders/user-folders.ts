import path from 'node:path';

/** Whose folders, on which system. */
export interface UserPlace {
  env: NodeJS.ProcessEnv;
  home: string;
  platform: NodeJS.Platform;
}

/**
 * Folder of the user's own configuration: `XDG_CONFIG_HOME/troupe` where that is set, `%APPDATA%\troupe` on Windows,
 * else `~/.config/troupe`. It need not exist.
 */
export function userConfigFolder({ env, home, platform }: UserPlace): string {
  return path.join(
    chosen(env, platform, 'XDG_CONFIG_HOME', 'APPDATA') ?? path.join(home, '.config'),
    'troupe',
  );
}

/**
 * Folder of what can be had again, for all projects of the user: `XDG_CACHE_HOME/troupe` where that is set,
 * `%LOCALAPPDATA%\troupe` on Windows, else `~/.cache/troupe`. It need not exist.
 */
export function userCacheFolder({ env, home, platform }: UserPlace): string {
  return path.join(
    chosen(env, platform, 'XDG_CACHE_HOME', 'LOCALAPPDATA') ?? path.join(home, '.cache'),
    'troupe',
  );
}

/**
 * Folder of what is neither configuration nor can be had again: `XDG_STATE_HOME/troupe` where that is set,
 * `%LOCALAPPDATA%\troupe` on Windows, else `~/.local/state/troupe`. It need not exist.
 */
export function userStateFolder({ env, home, platform }: UserPlace): string {
  return path.join(
    chosen(env, platform, 'XDG_STATE_HOME', 'LOCALAPPDATA') ?? path.join(home, '.local', 'state'),
    'troupe',
  );
}

function chosen(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  ...[xdg, windows]: [xdg: string, windows: string]
): string | undefined {
  const names = platform === 'win32' ? [xdg, windows] : [xdg];
  // Relative values are invalid by the XDG specification, and would depend on the current folder.
  return names.map((name) => env[name]).find((value) => value !== undefined && path.isAbsolute(value));
}
