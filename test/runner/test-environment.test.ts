import assert from 'node:assert/strict';
import { it } from 'node:test';
import { testEnvironment } from './test-environment.ts';

it('tests are told of no repository, folder or model of whoever runs them, as in a hook of git', () => {
  const theirs = {
    ...{ GIT_DIR: '/r/.git', GIT_INDEX_FILE: '/r/.git/index', GIT_AUTHOR_DATE: '1 +0000', GIT_EDITOR: 'vi' },
    ...{ XDG_CACHE_HOME: '/c', XDG_STATE_HOME: '/s', XDG_CONFIG_HOME: '/f', CODEX_HOME: '/x' },
    ...{ OPENAI_API_KEY: 'k', AZURE_RESOURCE_NAME: 'r', OPENAI_COMPATIBLE_MODEL: 'm', TROUPE_MODEL: 'm' },
    ...{ NODE_DISABLE_COMPILE_CACHE: '1', NODE_TEST_CONTEXT: 'child', FORCE_COLOR: '1' },
  };
  const kept = { PATH: '/bin', HOME: '/home/me', TMPDIR: '/t', CI: 'true', NODE_OPTIONS: '--no-warnings' };
  const { GIT_CONFIG_GLOBAL, ...env } = testEnvironment({ ...theirs, ...kept });
  assert.deepEqual(env, { ...kept, NO_COLOR: '1', GIT_CONFIG_NOSYSTEM: '1' });
  assert.notEqual(GIT_CONFIG_GLOBAL, undefined);
});
