import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { connectTroupe } from '../support/troupe/troupe-client.ts';
import { exampleProject } from '../support/troupe/example-project.ts';
import { runTroupe } from '../support/troupe/troupe-process.ts';

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
  return [...outside.matchAll(/`(?:npx )?troupe ([^`]+)`/g)].map(([, line]) => line!);
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

  it('name every tool that the server offers, and no other', async (t) => {
    const { client } = await connectTroupe(t, await exampleProject(t));
    const offered = (await client.listTools()).tools.map(({ name }) => name).sort();
    const table = [...(await textOf('installation.md')).matchAll(/^\| (`[a-z_`, ]+`) \|/gm)].map(
      ([, cell]) => cell!,
    );
    const named = table.flatMap((cell) => [...cell.matchAll(/`([a-z_]+)`/g)].map(([, name]) => name!)).sort();
    assert.deepEqual(named, offered);
  });
});
