/** Model keys and where models are, Troupe's own settings, and those of tools that it exports to. */
const settings = /(_API_KEY|_BASE_URL)$|^(TROUPE|ANTHROPIC|AZURE|GEMINI|GOOGLE|OLLAMA|OPENAI|OTEL|CODEX)_/;

/** A hook of git names its repository to all that it starts: what tests commit would be committed there. */
const ofGit = /^GIT_/;

/** Folders that are the person's whatever the home is, and the switch that keeps Node from keeping what it compiles. */
const ofMachine = /^XDG_\w+_HOME$|^NODE_DISABLE_COMPILE_CACHE$/;

/**
 * The environment tests run in: the caller's, without what would make a result depend on the machine, or a test write into
 * what is the person's. Model keys and Troupe's own settings are removed, folders and repositories that variables name too,
 * colours are off, git reads no user or system configuration.
 */
export function testEnvironment(from: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(from).filter(
    ([name]) => ![settings, ofGit, ofMachine].some((left) => left.test(name)),
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
