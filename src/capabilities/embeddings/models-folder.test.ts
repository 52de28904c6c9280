import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { userModelsFolder } from './models-folder.ts';

test('pulled models are in the user’s cache, one place for all projects', () => {
  const home = path.resolve('/home/me');
  const cache = path.resolve('/var/cache/me');
  const folder = (env: NodeJS.ProcessEnv, platform: NodeJS.Platform) =>
    userModelsFolder({ env, home, platform });
  const inHome = path.join(home, '.cache', 'troupe', 'models');
  assert.equal(folder({}, 'linux'), inHome);
  assert.equal(folder({}, 'win32'), inHome);
  assert.equal(folder({ XDG_CACHE_HOME: cache }, 'darwin'), path.join(cache, 'troupe', 'models'));
  assert.equal(folder({ XDG_CACHE_HOME: 'relative' }, 'linux'), inHome);
  assert.equal(folder({ LOCALAPPDATA: cache }, 'win32'), path.join(cache, 'troupe', 'models'));
  assert.equal(folder({ LOCALAPPDATA: cache }, 'linux'), inHome);
});
