import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { assertListed } from './document-list.ts';
import { connectTroupe } from '../support/troupe/troupe-client.ts';
import { exampleProject } from '../support/troupe/example-project.ts';
import { runTroupe, troupeCommand } from '../support/troupe/troupe-process.ts';

const folder = resolve(import.meta.dirname, '../../docs/guides');
const guides = (await readdir(folder)).sort();
const textOf = (name: string) => readFile(join(folder, name), 'utf8');

/** Commands of the `console` blocks, in order: what stands behind `$ `. */
function commandsIn(text: string): string[] {
  const blocks = [...text.matchAll(/^ *```console\n([\s\S]*?)^ *```$/gm)].map(([, block]) => block!);
  return blocks.flatMap((block) => [...block.matchAll(/^ *\$ troupe (.*)$/gm)].map(([, line]) => line!));
}

/** Commands named in running text and tables, and in fenced text of other kinds. */
function commandsNamedIn(text: string): string[] {
  const outside = text.replace(/^ *```console\n[\s\S]*?^ *```$/gm, '');
  return [...outside.matchAll(/`(?:exec )?(?:npx --no-install )?troupe ([^`]+)`/g)].map(([, line]) => line!);
}

/** Words as a shell splits them; these lines use double quotes only. */
const wordsOf = (line: string) =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);

describe('[A19] the guides', () => {
  it('are the five that a project gets', () => {
    assert.deepEqual(guides, [
      'creating-standards.md',
      'installation.md',
      'persona-guide.md',
      'standard-template.md',
      'troubleshooting.md',
    ]);
  });

  for (const guide of guides) {
    it(`${guide}: every command of its examples runs, in its order`, async (t) => {
      const project = await exampleProject(t);
      await promisify(execFile)('git', ['init', '-q'], { cwd: project.root });
      for (const line of commandsIn(await textOf(guide))) {
        const { code, stderr } = await runTroupe(t, project, wordsOf(line));
        // The example shop departs from standards: `check` says so by its exit code.
        assert.equal(code, line.startsWith('check src') ? 8 : 0, `troupe ${line}\n${stderr}`);
      }
    });

    it(`${guide}: every command it names exists, with its options`, async (t) => {
      const project = await exampleProject(t, { empty: true });
      const help = new Map<string, string>();
      const everywhere = (await runTroupe(t, project, ['--help'])).stdout;
      for (const line of commandsNamedIn(await textOf(guide))) {
        const words = wordsOf(line);
        const path = words.slice(0, words.findIndex((word) => !/^[a-z]+(-[a-z]+)*$/.test(word)) >>> 0);
        const wanted = path.slice(0, 2);
        const key = wanted.join(' ');
        if (!help.has(key)) {
          const { code, stdout, stderr } = await runTroupe(t, project, [...wanted, '--help']);
          assert.equal(code, 0, `troupe ${line}\n${stderr}`);
          help.set(key, stdout);
        }
        for (const option of words.filter((word) => word.startsWith('--'))) {
          assert.match(help.get(key)! + everywhere, new RegExp(`${option}\\b`), `troupe ${line}`);
        }
      }
    });
  }

  it('never let npx fetch a package of that name', async () => {
    const texts = await Promise.all([
      ...guides.map(textOf),
      readFile(resolve(folder, '../../README.md'), 'utf8'),
    ]);
    for (const text of texts) assert.doesNotMatch(text, /npx (?:-\S+ )*troupe(?<!--no-install troupe)\b/);
  });

  it(
    'have a git hook that works as it is written: it refuses a commit that departs, and lets another pass',
    { skip: process.platform === 'win32' },
    async (t) => {
      const project = await exampleProject(t, { empty: true });
      const bin = join(project.root, '../bin');
      await mkdir(bin);
      const { command, args } = troupeCommand([]);
      const program = [command, ...args].map((part) => `'${part}'`).join(' ');
      await writeFile(join(bin, 'troupe'), `#!/bin/sh\nexec ${program} "$@"\n`, { mode: 0o755 });
      const env = { ...project.env, PATH: `${bin}${delimiter}${project.env['PATH']}` };
      const run = (file: string, ...words: string[]) =>
        promisify(execFile)(file, words, { cwd: project.root, env }).then(
          () => 'done',
          // Git shows on standard error what a hook prints.
          (error: unknown) => (error as { stderr: string }).stderr,
        );
      await run('git', 'init', '-q');
      const who = ['-c', 'user.name=T', '-c', 'user.email=t@example.com'];
      const script = /^```sh\n(cat > \.git\/hooks\/[\s\S]*?)^```$/m.exec(
        await textOf('creating-standards.md'),
      )![1]!;
      assert.equal(await run('sh', '-c', script), 'done');
      const commit = async (text: string) => {
        await project.write('src/find.ts', text);
        await run('git', 'add', 'src');
        return run('git', ...who, 'commit', '-q', '-m', 'x');
      };
      const query = (sql: string) => `export const find = (db, id) => db.query(${sql});\n`;
      assert.match(
        await commit(query("'select a from t where id = ' + id")),
        /^src\/find\.ts:1 {2}critical/m,
      );
      assert.equal(await commit(query("'select a from t where id = $1', [id]")), 'done');
    },
  );

  it('name every tool that the server offers, and no other', async (t) => {
    const { client } = await connectTroupe(t, await exampleProject(t));
    const offered = (await client.listTools()).tools.map(({ name }) => name);
    const table = [...(await textOf('installation.md')).matchAll(/^\| (`[a-z_`, ]+`) \|/gm)].map(
      ([, cell]) => cell!,
    );
    const named = table.flatMap((cell) => [...cell.matchAll(/`([a-z_]+)`/g)].map(([, name]) => name!));
    assertListed('The table of tools in docs/guides/installation.md', named, offered);
  });
});
