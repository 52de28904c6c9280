import assert from 'node:assert/strict';
import { rename, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { growTree, temporaryTree, type TreeEntry } from '../../../platform/files/testing.ts';
import { hashOfStandard, withApproval } from '../document/approvable-text.ts';
import { withRetirement } from '../document/retirement.ts';
import { nameOfId } from '../document/standard-name.ts';
import { openStandardsLibrary } from './open-standards-library.ts';
import { shippedStandardsFolders } from './shipped-folders.ts';

const limits = { maxDocumentBytes: 10_000, maxFiles: 100 };
const text = (title: string) => `---\ntags: [a]\n---\n# ${title}\n\nDo it so.\n`;

/** A library over a project and a shipped folder; `approve` is what a person's approval does. */
async function open(t: TestContext, tree: Record<string, TreeEntry>, given: Partial<typeof limits> = {}) {
  const base = await temporaryTree(t, { 'project/.keep': '', 'shipped/.keep': '' });
  const root = path.join(base, 'project');
  await growTree(base, tree);
  const approved = new Map<string, Set<string>>();
  const library = openStandardsLibrary({
    root,
    universalFolder: path.join(base, 'shipped'),
    approvals: { hashesApproved: async () => approved, lastApprovals: () => Promise.resolve(new Map()) },
    limits: { ...limits, ...given },
  });
  const approve = (id: string, content: string) =>
    approved.set(id, new Set([...(approved.get(id) ?? []), hashOfStandard(content)]));
  const place = (id: string) => path.join(root, '.agent-os', 'standards', `${id}.md`);
  return { base, root, library, approve, place };
}

/** Whether names that differ in capital letters are two files here. */
const hasTwins = process.platform === 'linux';
const own = 'project/.agent-os/standards';

describe('the library of standards', () => {
  it("[A14] has three layers, and a project's standard that nobody approved hides no shipped one", async (t) => {
    const { library } = await open(t, {
      [`${own}/architecture/errors.md`]: text('Own errors'),
      [`${own}/go/errors.md`]: text('Go errors').replace('---\n', "---\nlayer: 'language' # drafted\n"),
      'shipped/architecture/errors.md': text('Shipped errors'),
      'shipped/testing/waiting.md': text('Waiting'),
    });
    const { entries, skipped } = await library.list();
    assert.deepEqual(skipped, []);
    assert.deepEqual(
      entries.map(({ id, file, layer, approval }) => [id, file, layer, approval]),
      [
        ['architecture/errors', '.agent-os/standards/architecture/errors.md', 'project', 'unapproved'],
        ['troupe:architecture/errors', 'troupe:architecture/errors', 'universal', 'shipped'],
        ['go/errors', '.agent-os/standards/go/errors.md', 'language', 'unapproved'],
        ['testing/waiting', 'troupe:testing/waiting', 'universal', 'shipped'],
      ],
    );
    for (const entry of entries) {
      const { document, approval } = await library.read(entry);
      assert.equal(`${document.domain}/${document.topic}`, nameOfId(entry.id));
      assert.equal(document.declaredLayer, entry.layer === 'language' ? 'language' : null);
      assert.equal(approval, entry.approval);
    }
  });

  it("[A14] hides a shipped standard only by the project's that is approved as it is now, and active", async (t) => {
    const content = text('Own errors');
    const retired = withRetirement(content, { because: 'no longer', replacedBy: null });
    const { library, approve, place } = await open(t, {
      [`${own}/architecture/errors.md`]: content,
      'shipped/architecture/errors.md': text('Shipped errors'),
    });
    const id = 'architecture/errors';
    const listed = async () => (await library.list()).entries.map((entry) => `${entry.id} ${entry.approval}`);
    const find = async (name: string) => (await library.find(name)).id;
    assert.deepEqual(await listed(), [`${id} unapproved`, `troupe:${id} shipped`]);
    assert.deepEqual(await Promise.all([id, 'errors', place(id)].map(find)), [id, id, id]);
    const shipped = await library.find(`troupe:${id}`);
    assert.equal(shipped.layer, 'universal');
    assert.equal((await library.read(shipped)).document.title, 'Shipped errors');
    approve(id, content);
    assert.deepEqual(await listed(), [`${id} approved`]);
    assert.equal(await find(`troupe:${id}`), id);
    await writeFile(place(id), `${content}\nOr not.\n`);
    assert.deepEqual(await listed(), [`${id} changed`, `troupe:${id} shipped`]);
    approve(id, retired);
    for (const form of ['status: retired', '"status": \'retired\' # since May', 'status : "retired"']) {
      const written = retired.replace('status: retired', form);
      approve(id, written);
      await writeFile(place(id), written);
      assert.deepEqual(await listed(), [`${id} approved`, `troupe:${id} shipped`], form);
      assert.equal((await library.read(await library.find(id))).document.status, 'retired', form);
    }
    await rm(place(id));
    assert.deepEqual(await listed(), [`${id} shipped`]);
  });

  it('[A11] knows what a person approved by its exact text, and that it changed since', async (t) => {
    const content = text('Errors');
    const { library, approve, place } = await open(t, { [`${own}/architecture/errors.md`]: content });
    const approval = async () => {
      const [entry] = (await library.list()).entries;
      assert.equal((await library.read(entry!)).approval, entry!.approval);
      return entry!.approval;
    };
    assert.equal(await approval(), 'unapproved');
    approve('architecture/errors', content);
    assert.equal(await approval(), 'approved');
    const by = { approvedBy: 'Ada', approvedAt: '2026-11-21T00:00:00Z' };
    await writeFile(place('architecture/errors'), withApproval(content, by).replaceAll('\n', '\r\n'));
    assert.equal(await approval(), 'approved');
    await writeFile(place('architecture/errors'), withApproval(content.replace('so', 'otherwise'), by));
    assert.equal(await approval(), 'changed');
  });

  it('sees a change that kept size and time, as a tool may make it', async (t) => {
    const content = text('Errors');
    const { library, approve, place } = await open(t, { [`${own}/architecture/errors.md`]: content });
    approve('architecture/errors', content);
    const file = place('architecture/errors');
    const before = (await library.list()).entries[0]!;
    await writeFile(`${file}.new`, content.replace('Do', 'Be'));
    await utimes(`${file}.new`, before.mtimeMs / 1_000, before.mtimeMs / 1_000);
    await rename(`${file}.new`, file);
    const after = (await library.list()).entries[0]!;
    assert.deepEqual([before.approval, after.approval], ['approved', 'changed']);
  });

  it('[X9] names every Markdown file that it cannot use, and why', async (t) => {
    const { library } = await open(t, {
      [`${own}/architecture/good.md`]: text('Good'),
      ...(hasTwins ? { [`${own}/architecture/Good.md`]: text('Twin') } : {}),
      [`${own}/architecture/Other.md`]: text('Other'),
      [`${own}/architecture/Two Words.md`]: text('Two'),
      [`${own}/architecture/über.md`]: text('Unicode'),
      [`${own}/architecture/nul.md`]: text('Device'),
      [`${own}/architecture/${'x'.repeat(90)}.md`]: text('Long'),
      [`${own}/architecture/large.md`]: text('Large').padEnd(10_001, 'x'),
      [`${own}/architecture/binary.md`]: Buffer.from([0x23, 0, 1, 2]),
      [`${own}/architecture/latin.md`]: Buffer.from([0x23, 0x20, 0xe9, 0x0a]),
      [`${own}/architecture/link.md`]: { linkTo: 'good.md' },
      [`${own}/escape`]: { linkTo: '../../../elsewhere' },
      [`${own}/con/a.md`]: text('Device'),
      [`${own}/flat.md`]: text('Flat'),
      [`${own}/a/b/c/deep.md`]: text('Deep'),
      [`${own}/a/b/c/d/e/deepest.md`]: text('Deepest'),
      [`${own}/README.md`]: '# About',
      [`${own}/architecture/.draft.md`]: text('Hidden'),
      [`${own}/architecture/notes.txt`]: 'notes',
      'elsewhere/secret.md': text('Secret'),
    });
    const { entries, skipped } = await library.list();
    assert.deepEqual(
      entries.map(({ id }) => id),
      ['architecture/good'],
    );
    const reasons = Object.fromEntries(
      skipped.map(({ file, reason }) => [file.replace(/^\.agent-os\/standards\//, ''), reason]),
    );
    const expected: Record<string, RegExp> = {
      ...(hasTwins ? { 'architecture/Good.md': /only in capital letters/ } : {}),
      'architecture/Other.md': /such as other/,
      'architecture/Two Words.md': /such as two-words/,
      'architecture/über.md': /such as uber/,
      'architecture/nul.md': /Windows/,
      [`architecture/${'x'.repeat(90)}.md`]: /90 characters, more than 80/,
      'architecture/large.md': /10,001 bytes, more than the 10,000 of standards\.max_document_bytes/,
      'architecture/binary.md': /binary/,
      'architecture/latin.md': /not UTF-8/,
      'architecture/link.md': /link/,
      escape: /link/,
      'con/a.md': /Windows/,
      'flat.md': /\{domain\}\/\{topic\}/,
      'a/b/c/deep.md': /\{domain\}\/\{topic\}/,
      'a/b/c/d/e': /too deep/,
    };
    assert.deepEqual(Object.keys(reasons).sort(), Object.keys(expected).sort());
    for (const [file, reason] of Object.entries(expected)) assert.match(reasons[file]!, reason, file);
  });

  it('[X9] is empty without its folder, also when it goes away, and refuses a folder that leads outside', async (t) => {
    const { base, root, library } = await open(t, {
      [`${own}/a/one.md`]: text('One'),
      'out/a/two.md': text('Two'),
    });
    const folder = path.join(root, '.agent-os', 'standards');
    const entry = (await library.list()).entries[0]!;
    await rm(folder, { recursive: true });
    assert.deepEqual(await library.list(), { entries: [], skipped: [] });
    await assert.rejects(library.read(entry), { code: 'files.not_found' });
    await growTree(base, { [own]: { linkTo: '../../out' } });
    const { entries, skipped } = await library.list();
    assert.deepEqual(entries, []);
    assert.equal(skipped.length, 1);
    assert.match(
      `${skipped[0]!.file}: ${skipped[0]!.reason}`,
      /^\.agent-os\/standards: .*outside the project/,
    );
    await rm(folder);
    await growTree(base, { [own]: 'a file' });
    assert.match((await library.list()).skipped[0]!.reason, /not a folder/);
    await rm(folder);
    await growTree(base, { [`${own}/a`]: { linkTo: '../../../out/a' } });
    await assert.rejects(library.read({ ...entry, absolutePath: path.join(folder, 'a', 'two.md') }), {
      code: 'files.outside_project',
    });
  });

  it('names the files beyond its limit', async (t) => {
    const tree = Object.fromEntries(['a', 'b', 'c'].map((name) => [`${own}/d/${name}.md`, text(name)]));
    const { library } = await open(t, tree, { maxFiles: 2 });
    const { entries, skipped } = await library.list();
    assert.equal(entries.length, 2);
    assert.match(
      `${skipped[0]!.file} ${skipped[0]!.reason}`,
      /d\/c\.md there are more than 2 .*standards\.max_files/,
    );
  });

  it('finds a standard by id, topic and file, and says what was meant instead', async (t) => {
    const { library, place } = await open(t, {
      [`${own}/architecture/error-responses.md`]: text('Errors'),
      [`${own}/testing/waiting.md`]: text('Waiting'),
      [`${own}/data/waiting.md`]: text('Waiting'),
      [`${own}/data/Bad Name.md`]: text('Bad'),
      'shipped/security/secrets.md': text('Secrets'),
    });
    const names = {
      'architecture/error-responses': 'architecture/error-responses',
      'error-responses': 'architecture/error-responses',
      './.agent-os/standards/testing/waiting.md': 'testing/waiting',
      '.agent-os\\standards\\testing\\waiting.md': 'testing/waiting',
      [place('data/waiting')]: 'data/waiting',
      'troupe:security/secrets': 'security/secrets',
      secrets: 'security/secrets',
    };
    for (const [name, id] of Object.entries(names)) assert.equal((await library.find(name)).id, id, name);
    await assert.rejects(library.find('waiting'), {
      code: 'standards.ambiguous',
      remedy: 'Name one of data/waiting, testing/waiting.',
    });
    await assert.rejects(library.find('eror-responses'), {
      code: 'standards.unknown',
      remedy: /^Did you mean architecture\/error-responses\?/,
    });
    await assert.rejects(library.find('data/Bad Name'), {
      code: 'standards.unusable',
      message: /such as bad-name/,
    });
    for (const name of ['', '../../etc/passwd', 'x'.repeat(300), '/etc/passwd', '\0']) {
      await assert.rejects(library.find(name), { code: 'standards.unknown' });
    }
  });

  it('gives an error with file and line for front matter that cannot be read, and lists the file', async (t) => {
    const { library } = await open(t, { [`${own}/a/broken.md`]: '---\ntags: [\n---\n# T\n' });
    const [entry] = (await library.list()).entries;
    await assert.rejects(library.read(entry!), {
      code: 'standards.bad_front_matter',
      message: /^\.agent-os\/standards\/a\/broken\.md:\d: the front matter is not valid YAML/,
    });
  });

  it('reads every standard that ships, none with a problem', async (t) => {
    const { root } = await open(t, {});
    const library = openStandardsLibrary({
      root,
      universalFolder: shippedStandardsFolders().universal,
      approvals: { hashesApproved: async () => new Map(), lastApprovals: () => Promise.resolve(new Map()) },
      limits: { maxDocumentBytes: 100_000, maxFiles: 5_000 },
    });
    const { entries, skipped } = await library.list();
    assert.deepEqual(skipped, []);
    assert.ok(entries.length > 0);
    for (const entry of entries) {
      assert.deepEqual((await library.read(entry)).document.problems, [], entry.id);
    }
  });
});
