import assert from 'node:assert/strict';
import { appendFile, mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { exampleProject } from '../support/troupe/example-project.ts';
import { storedEvents } from '../support/troupe/stored-jobs.ts';
import { atTerminal } from '../support/troupe/terminal.ts';
import { connectTroupe } from '../support/troupe/troupe-client.ts';
import { runTroupe } from '../support/troupe/troupe-process.ts';

const uri = 'troupe://standards/architecture/error-responses';

describe('standards as resources', () => {
  it('[X7] lists what a person approved, gives any with its standing, and takes up nothing to do so', async (t) => {
    const project = await exampleProject(t);
    const early = await connectTroupe(t, project);
    assert.deepEqual((await early.client.listResources()).resources, []);
    assert.ok(!(await readdir(project.root)).includes('.agent-os'), 'a look makes nothing');
    const { resourceTemplates } = await early.client.listResourceTemplates();
    assert.ok(
      resourceTemplates.some(({ uriTemplate }) => uriTemplate === 'troupe://standards/{domain}/{topic}'),
    );

    await runTroupe(t, project, ['ask', '@architect review .']);
    assert.deepEqual((await early.client.listResources()).resources, [], 'a proposal is no standard');
    assert.equal((await atTerminal(t, project, ['inbox', 'show', '1']).finished).code, 0);
    assert.equal((await atTerminal(t, project, ['inbox', 'approve', '1']).finished).code, 0);
    const before = storedEvents(project.root).length;

    const changes: unknown[] = [];
    let told = () => {};
    const change = new Promise<void>((resolve) => (told = resolve));
    const listChanged = {
      resources: {
        onChanged: (_: unknown, resources: unknown) => {
          changes.push(resources);
          told();
        },
      },
    };
    const { client, call } = await connectTroupe(t, project, { client: { listChanged } });
    const { resources } = await client.listResources();
    assert.deepEqual(
      resources.map((one) => one.uri),
      [uri],
    );
    assert.partialDeepStrictEqual(resources[0], {
      name: 'architecture/error-responses',
      mimeType: 'text/markdown',
    });
    assert.equal(storedEvents(project.root).length, before, 'a look takes up no work');
    const textOf = async (of: string) => {
      const { contents } = await client.readResource({ uri: of });
      return (contents[0] as { text: string }).text;
    };
    assert.match(
      await textOf(uri),
      /^> Approved by a person in exactly this text\. Source: \.agent-os\/standards\/architecture\/error-responses\.md\n\n# /,
    );
    assert.match(await textOf('troupe://standards/testing/test-names'), /^> Ships with Troupe;[^]*\n\n# /);
    await call('search_standards', { query: 'errors' });
    await change;

    await appendFile(join(project.root, '.agent-os/standards/architecture/error-responses.md'), '\nMine.\n');
    assert.deepEqual(
      (await client.listResources()).resources.filter((one) => one.uri === uri),
      [],
    );
    assert.match(await textOf(uri), /^> Changed after it was approved/);
    await assert.rejects(textOf('troupe://standards/nobody/knows'), /standards\.unknown/);
    await assert.rejects(textOf('troupe://standards/../etc'), /mcp\.unknown_resource|standards\.unknown/);

    const folder = join(project.root, '.agent-os/standards');
    await rename(folder, join(project.root, 'elsewhere'));
    await writeFile(folder, 'in its place');
    const unreadable = /standards\.unusable.*\.agent-os\/standards cannot be used: it is not a folder/;
    await assert.rejects(client.listResources(), unreadable);
    await assert.rejects(textOf('troupe://standards/nobody/knows'), unreadable);
    // The index follows the files a moment later, so one asks until it has.
    const notSearched = 'Not searched: .agent-os/standards (it is not a folder).';
    const messageOf = async () =>
      (await call<{ message: string }>('search_standards', { query: 'errors' })).message;
    while (!(await messageOf()).includes(notSearched));
  });

  it('[A9] masks in a whole standard what may be a secret, with a note; the terminal shows the file as it is', async (t) => {
    const project = await exampleProject(t);
    const secret = ['AKIA', 'QYLPMN5HFIQR7XYA'].join('');
    const folder = join(project.root, '.agent-os/standards/security');
    await mkdir(folder, { recursive: true });
    const text = `# Keys\n\nSign in with ${secret}.\n\n## Pattern\n\nRotate it.\n`;
    await writeFile(join(folder, 'keys.md'), text);
    const { client } = await connectTroupe(t, project);
    const { contents } = await client.readResource({ uri: 'troupe://standards/security/keys' });
    assert.equal(
      (contents[0] as { text: string }).text,
      [
        '> Not approved by anybody on this machine: no rule of this project yet. Source: .agent-os/standards/security/keys.md',
        '> 1 secret is masked here and stands in .agent-os/standards/security/keys.md: tell its owner.',
        '',
        text.replace(secret, '[redacted: aws-access-key]'),
      ].join('\n'),
    );
    const { stdout } = await runTroupe(t, project, ['standards', 'show', 'security/keys']);
    assert.ok(stdout.includes(secret));
  });
});
