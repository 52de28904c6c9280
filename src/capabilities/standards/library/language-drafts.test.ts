import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { openProjectFiles } from '../../../platform/files/index.ts';
import { growTree, temporaryTree } from '../../../platform/files/testing.ts';
import { checkDraft } from '../document/check-draft.ts';
import { parseStandard } from '../document/parse-standard.ts';
import { languageDrafts } from './language-drafts.ts';
import { openStandardsLibrary } from './open-standards-library.ts';
import { shippedStandardsFolders } from './shipped-folders.ts';

const limits = { maxDocumentBytes: 100_000, maxFiles: 1_000 };

async function open(t: TestContext, files: readonly string[], tree: Record<string, string> = {}) {
  const root = await temporaryTree(t, Object.fromEntries(files.map((file) => [file, 'x\n'])));
  await growTree(root, tree);
  const library = openStandardsLibrary({
    root,
    universalFolder: path.join(root, 'nothing-ships'),
    approvals: { hashesApproved: async () => new Map(), lastApprovals: () => Promise.resolve(new Map()) },
    limits,
  });
  const options = {
    files: await openProjectFiles({ root }),
    library,
    languageFolder: shippedStandardsFolders().language,
    limits,
  };
  return { root, library, draft: (language?: string) => languageDrafts(options, language) };
}

const named = (count: number, ending: string) =>
  Array.from({ length: count }, (_, index) => `src/f${index}.${ending}`);

describe('drafts for the languages of a project', () => {
  it('[X9] are refused where the project has something else than a folder of standards', async (t) => {
    const { draft } = await open(t, named(3, 'py'), { '.agent-os/standards': 'a file' });
    await assert.rejects(draft(), { code: 'standards.unusable', message: /it is not a folder/ });
    await assert.rejects(draft('go'), { code: 'standards.unusable' });
  });

  it('[A14] are those of its languages, most files first, without languages of a few files', async (t) => {
    const { draft } = await open(t, [
      ...named(5, 'py'),
      ...named(9, 'tsx'),
      ...named(2, 'go'),
      'a.txt',
      'Makefile',
    ]);
    const { languages, drafts } = await draft();
    assert.deepEqual(languages, ['typescript', 'python']);
    assert.ok(drafts.length > 0);
    for (const { domain, topic, text } of drafts) {
      const document = await parseStandard(text, { domain, topic });
      assert.equal(document.declaredLayer, 'language');
      assert.deepEqual(await checkDraft(text, { domain, topic }), [], `${domain}/${topic}`);
    }
  });

  it('are those of a language that was asked for, whatever the project holds', async (t) => {
    const { draft } = await open(t, named(5, 'py'));
    const { languages, drafts } = await draft('Go');
    assert.deepEqual(languages, ['go']);
    assert.ok(drafts.every(({ domain }) => domain === 'go'));
    assert.deepEqual((await (await open(t, [])).draft()).languages, []);
    for (const language of ['cobol', '../go', '']) {
      await assert.rejects(draft(language), {
        code: 'standards.no_drafts',
        remedy: /There are some for go, java/,
      });
    }
  });

  it('[A14] that are none come with what was looked at and how a language is named', async (t) => {
    const why = async (files: readonly string[], tree?: Record<string, string>, language?: string) => {
      const { drafts, whyNone } = await (await open(t, files, tree)).draft(language);
      assert.equal(drafts.length === 0, whyNone !== undefined);
      return whyNone;
    };
    assert.equal(
      await why(['src/a.ts', 'src/b.tsx', 'tool.py', 'a.txt']),
      'A language is looked at from 3 files on, and a twentieth of those in any known language; here there are typescript: 2 files, python: 1 file. Name one to have its drafts anyway: `troupe standards generate typescript`.',
    );
    assert.match(
      (await why(['a.txt'])) ?? '',
      /^No file of the project is in a language that there are drafts for \(go, java, python, typescript\)\. Name one .* `troupe standards generate go`\.$/,
    );
    const { drafts } = await (await open(t, [])).draft('go');
    const all = Object.fromEntries(
      drafts.map(({ domain, topic, text }) => [`.agent-os/standards/${domain}/${topic}.md`, text]),
    );
    const said = 'The project has every standard that is drafted for go.';
    assert.equal(await why([], all, 'go'), said);
    assert.equal(await why(named(3, 'go'), all), said);
    assert.equal(await why(named(3, 'go')), undefined);
  });

  it('leave out what the project has, and count in its layer once they are there', async (t) => {
    const { root, library, draft } = await open(t, named(3, 'java'));
    const before = (await draft()).drafts;
    const { domain, topic, text } = before[0]!;
    await growTree(root, { [`.agent-os/standards/${domain}/${topic}.md`]: text });
    assert.deepEqual(
      (await draft()).drafts.map((one) => one.topic),
      before.slice(1).map((one) => one.topic),
    );
    const { entries } = await library.list();
    assert.deepEqual(
      entries.map(({ layer, approval }) => [layer, approval]),
      [['language', 'unapproved']],
    );
  });
});
