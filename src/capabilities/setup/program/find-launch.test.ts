import assert from 'node:assert/strict';
import { access, chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { findLaunch } from './find-launch.ts';

async function folder(t: TestContext): Promise<string> {
  const made = await realpath(await mkdtemp(path.join(tmpdir(), 'troupe-launch-')));
  t.after(() => rm(made, { recursive: true, force: true }));
  return made;
}

/** A program that says it is Node of this version. */
async function fakeNode(file: string, version: string): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\necho v${version}\n`);
  await chmod(file, 0o755);
  return file;
}

const common = { root: '/nowhere/project', platform: process.platform, temporaryFolder: '/nowhere/tmp' };

describe(
  'findLaunch',
  { skip: process.platform === 'win32' ? 'starts scripts by their first line' : false },
  () => {
    it('prefers the name on the PATH that leads to the running Node, since it stays when Node is updated', async (t) => {
      const root = await folder(t);
      const real = await fakeNode(path.join(root, 'cellar', '24.1.0', 'node'), '24.1.0');
      await mkdir(path.join(root, 'bin'));
      await symlink(real, path.join(root, 'bin', 'node'));
      const launch = await findLaunch({
        ...common,
        entry: '/opt/troupe.js',
        execPath: real,
        env: { PATH: path.join(root, 'bin') },
      });
      assert.deepEqual(launch, {
        command: path.join(root, 'bin', 'node'),
        entry: '/opt/troupe.js',
        warnings: [],
      });
    });

    it('takes another new enough Node when the running one belongs to a package', async (t) => {
      const root = await folder(t);
      const inPackage = await fakeNode(path.join(root, 'node_modules', 'node', 'bin', 'node'), '24.1.0');
      const old = await fakeNode(path.join(root, 'old', 'node'), '20.9.0');
      const good = await fakeNode(path.join(root, 'good', 'node'), '25.0.1');
      const env = {
        PATH: [path.dirname(inPackage), path.dirname(old), path.dirname(good)].join(path.delimiter),
      };
      const launch = await findLaunch({ ...common, entry: '/opt/troupe.js', execPath: inPackage, env });
      assert.equal(launch.command, good);
      assert.deepEqual(launch.warnings, []);
    });

    it('neither runs nor names a Node of the project, also where the PATH names it through a link', async (t) => {
      const root = await folder(t);
      const inPackage = await fakeNode(
        path.join(root, 'ide', 'node_modules', 'node', 'bin', 'node'),
        '24.1.0',
      );
      const project = path.join(root, 'project');
      const ran = path.join(root, 'ran');
      const theirs = path.join(project, 'bin', 'node');
      await mkdir(path.dirname(theirs), { recursive: true });
      await writeFile(theirs, `#!/bin/sh\necho ran > "${ran}"\necho v24.1.0\n`);
      await chmod(theirs, 0o755);
      await symlink(project, path.join(root, 'alias'));
      const bins = [path.join(root, 'alias', 'bin'), path.join(project, 'bin')];
      const env = { PATH: bins.join(path.delimiter) };
      const launch = await findLaunch({
        ...common,
        root: project,
        entry: '/opt/troupe.js',
        execPath: inPackage,
        env,
      });
      assert.equal(launch.command, inPackage);
      await assert.rejects(access(ran));
    });

    it('says so when there is no Node that stays, and when the script lies in a cache of npx', async (t) => {
      const root = await folder(t);
      const theirs = await fakeNode(path.join(root, 'ide', 'node_modules', 'node', 'bin', 'node'), '24.1.0');
      const entry = path.join(root, '_npx', 'abc', 'node_modules', 'troupe', 'dist', 'troupe.js');
      const launch = await findLaunch({ ...common, entry, execPath: theirs, env: { PATH: '' } });
      assert.equal(launch.command, theirs);
      assert.equal(launch.warnings.length, 2);
      assert.match(
        launch.warnings[0]!,
        /cache that npm may empty.*npm install --global <folder of the package>/,
      );
      assert.match(launch.warnings[1]!, /install Node 24 or newer/);
    });

    it('calls a copy in a temporary folder no cache, and says which folder its own Node goes with', async (t) => {
      const root = await folder(t);
      const copy = path.join(root, 'troupe');
      const own = await fakeNode(path.join(copy, 'node_modules', 'node', 'bin', 'node'), '24.1.0');
      const entry = path.join(copy, 'dist', 'troupe.js');
      const options = { ...common, temporaryFolder: root, entry, execPath: own, env: { PATH: '' } };
      assert.deepEqual((await findLaunch(options)).warnings, [
        `The Node in use, ${own}, lies in ${copy}: when that folder is moved or deleted, run init again.`,
      ]);
    });
  },
);
