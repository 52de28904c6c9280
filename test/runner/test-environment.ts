/**
 * The environment tests run in: the caller's, without what would make a result depend on the machine. Model keys and
 * Troupe's own settings are removed, colours are off, git reads no user or system configuration.
 */
export function testEnvironment(from: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(from).filter(
    ([name]) => !/(_API_KEY|_BASE_URL)$|^(TROUPE|OLLAMA|OTEL)_/.test(name),
  );
  const env: NodeJS.ProcessEnv = Object.fromEntries(kept);
  delete env['FORCE_COLOR'];
  // Set while a test runs this runner itself; with it the runner would refuse to start.
  delete env['NODE_TEST_CONTEXT'];
  env['NO_COLOR'] = '1';
  env['GIT_CONFIG_GLOBAL'] = process.platform === 'win32' ? 'NUL' : '/dev/null';
  env['GIT_CONFIG_NOSYSTEM'] = '1';
  return env;
}
