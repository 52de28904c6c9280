import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'node:test';
import { userCacheFolder, userConfigFolder, userStateFolder } from './user-folders.ts';

const home = path.resolve('/home/me');
const given = path.resolve('/given');
const places = [
  { of: userConfigFolder, folder: '.config', xdg: 'XDG_CONFIG_HOME', windows: 'APPDATA' },
  { of: userCacheFolder, folder: '.cache', xdg: 'XDG_CACHE_HOME', windows: 'LOCALAPPDATA' },
  { of: userStateFolder, folder: '.local/state', xdg: 'XDG_STATE_HOME', windows: 'LOCALAPPDATA' },
];

describe("the user's folders", () => {
  for (const { of, folder, xdg, windows } of places) {
    it(`${folder} follows the system's habits, and relative values are not taken`, () => {
      const where = (env: NodeJS.ProcessEnv, platform: NodeJS.Platform) => of({ env, home, platform });
      const inHome = path.join(home, folder, 'troupe');
      const there = path.join(given, 'troupe');
      assert.equal(where({}, 'linux'), inHome);
      assert.equal(where({}, 'win32'), inHome);
      assert.equal(where({ [xdg]: given }, 'darwin'), there);
      assert.equal(where({ [xdg]: 'relative' }, 'linux'), inHome);
      assert.equal(where({ [windows]: given }, 'win32'), there);
      assert.equal(where({ [windows]: given }, 'linux'), inHome);
      assert.equal(where({ [xdg]: given, [windows]: home }, 'win32'), there);
    });
  }
});
