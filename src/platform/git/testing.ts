import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { growTree, type TreeEntry } from '../files/testing.ts';

/** A git repository of a test, driven as its owner would: with no user or machine configuration. */
export interface TestRepository {
  root: string;
  env: NodeJS.ProcessEnv;
  /** Runs git as people do, unhardened; its output is returned, its failure ignored. */
  git(...args: string[]): string;
  write(tree: Record<string, TreeEntry>): Promise<void>;
  commit(message?: string): void;
}

/** Makes a repository at `base/name`. `base/home` is the home folder. */
export async function makeRepository(base: string, name: string): Promise<TestRepository> {
  const root = path.join(base, name);
  await growTree(base, {
    'home/.gitconfig': '[user]\n\tname = T\n\temail = t@example.com\n',
    [`${name}/.keep`]: '',
  });
  const home = path.join(base, 'home');
  const inherited = Object.entries(process.env).filter(
    ([key]) => !key.startsWith('GIT_') && key !== 'XDG_CONFIG_HOME',
  );
  const env = { ...Object.fromEntries(inherited), HOME: home, USERPROFILE: home, GIT_CONFIG_NOSYSTEM: '1' };
  const git = (...args: string[]) => {
    try {
      return execFileSync('git', args, {
        cwd: root,
        env,
        stdio: ['ignore', 'pipe', 'ignore'],
        timeout: 20_000,
      }).toString();
    } catch {
      return '';
    }
  };
  git('init', '-q', '-b', 'main');
  return {
    root,
    env,
    git,
    write: (tree) => growTree(root, tree),
    commit(message = 'change') {
      git('add', '-A');
      git('commit', '-q', '-m', message);
    },
  };
}
