import assert from 'node:assert/strict';
import { lstat, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { isAppError } from '../../../kernel/index.ts';
import { hashOfStandard } from '../../standards/index.ts';
import { bodyOf, draft, openProject, type TestProject } from '../testing.ts';

const fromTool = { door: 'mcp', caller: 'an agent' } as const;

const propose = (project: TestProject, changes: Record<string, unknown> = {}) =>
  project.call('proposals.create', draft(changes), fromTool);

const nothingStored = async (project: TestProject) => {
  assert.equal(await project.store.count({ project: project.root }), 0);
  assert.equal(await lstat(path.join(project.root, '.agent-os/standards')).catch(() => undefined), undefined);
};

describe('proposing a standard', () => {
  it('[A10] [A11] stores it as a request, with the claimed approver as a claim, and writes no file', async (t) => {
    const project = await openProject(t);
    const answer = await propose(project, { approved_by: 'josh', tags: ['api', 'errors'] });
    assert.partialDeepStrictEqual(answer, { number: 1, near_duplicates: [] });
    assert.match(
      String(answer['message']),
      /nothing is written before a person approves it: `troupe inbox approve 1` in a terminal\. The name in approved_by is kept as a claim; it approves nothing\./,
    );
    const shown = await project.call('inbox.show', { number: '1' });
    assert.match(
      String(shown['text']),
      /^---\ndomain: architecture\ntopic: error-responses\ncreated_by: architect\ncreated_at: .*\nlast_updated: .*\ntags: \[api, errors\]\n---\n\n# Error responses\n/,
    );
    assert.doesNotMatch(String(shown['text']), /approved/);
    assert.ok(
      (shown['notes'] as string[]).includes('"josh" is named as approver: a claim, which approves nothing'),
    );
    assert.equal(
      await lstat(project.standardFile('architecture/error-responses')).catch(() => undefined),
      undefined,
    );
  });

  it('takes the same text again for the same proposal, another of the same author for its next revision', async (t) => {
    const project = await openProject(t);
    await propose(project);
    assert.equal((await propose(project))['number'], 1);
    assert.equal((await project.store.find(project.root, '1')).revision, 1);
    await propose(project, { content: bodyOf('Otherwise.') });
    const request = await project.store.find(project.root, '1');
    assert.equal(request.revision, 2);
    const proposal = (await project.proposals.ofRequest(request.id))!;
    const kept = await project.proposals.revisions(proposal.id);
    assert.deepEqual(
      kept.map(({ revision }) => revision),
      [1, 2],
    );
    for (const { text, textHash } of kept) assert.equal(hashOfStandard(text), textHash);
    await assert.rejects(propose(project, { created_by: 'qa' }), { code: 'approvals.asked_already' });
  });

  it('limits the revisions that tools make, and the requests that wait', async (t) => {
    const project = await openProject(t, { limits: { maxRevisions: 2, maxWaiting: 2 } });
    for (const rule of ['One.', 'Two.']) await propose(project, { content: bodyOf(rule) });
    await assert.rejects(propose(project, { content: bodyOf('Three.') }), {
      code: 'approvals.too_many_revisions',
      details: { number: 1, revision: 2, limit: 2 },
    });
    await propose(project, { topic: 'second' });
    await assert.rejects(propose(project, { topic: 'third' }), { code: 'approvals.too_many_waiting' });
  });

  it('[A10] refuses names that leave the folder or that some system cannot have', async (t) => {
    const project = await openProject(t);
    const names = [
      '..',
      '../x',
      'a/b',
      'a\\b',
      '/etc',
      'C:',
      'con',
      'lpt1',
      '',
      '.',
      'x'.repeat(300),
      'A b',
      'ü',
      'a\0b',
      '.git',
      '-a',
      'a.md',
    ];
    for (const name of names) {
      await assert.rejects(propose(project, { domain: name }), { code: 'standards.bad_name' }, name);
      await assert.rejects(propose(project, { topic: name }), { code: 'standards.bad_name' }, name);
    }
    for (const topic of ['readme', 'README', 'ReadMe']) {
      const refused = { code: 'standards.bad_name', message: /is never read as a standard/ };
      await assert.rejects(propose(project, { topic }), refused, topic);
    }
    await nothingStored(project);
  });

  it('[A10] refuses a text without its sections, all missing ones named by line', async (t) => {
    const project = await openProject(t);
    await assert.rejects(
      propose(project, { content: '# Title\n\nRule.\n\n## Context\n\nText.\n' }),
      (error) => {
        assert.ok(isAppError(error, 'proposals.incomplete'));
        for (const section of ['Pattern', 'Examples', 'Anti-patterns', 'When to revisit'])
          assert.match(error.message, new RegExp(`line 1: the section "## ${section}" is missing`));
        assert.doesNotMatch(error.message, /Context/);
        return true;
      },
    );
    await assert.rejects(propose(project, { content: '' }), { code: 'proposals.incomplete' });
    await nothingStored(project);
  });

  it('refuses a front matter that is no YAML, or that says otherwise than the call', async (t) => {
    const project = await openProject(t);
    const content = (lines: string) => `---\n${lines}\n---\n${bodyOf()}`;
    await assert.rejects(propose(project, { content: content('tags: [a') }), {
      code: 'standards.bad_front_matter',
    });
    await assert.rejects(propose(project, { content: content('just words') }), {
      code: 'standards.bad_front_matter',
    });
    await assert.rejects(propose(project, { content: content('domain: data') }), {
      code: 'proposals.incomplete',
    });
    await assert.rejects(propose(project, { content: content('created_by: josh') }), {
      code: 'proposals.said_twice',
      details: { id: 'architecture/error-responses', keys: ['created_by'] },
    });
    await nothingStored(project);
  });

  it('[A11] takes the keys of approval out of a given front matter; a name there is a claim', async (t) => {
    const project = await openProject(t);
    const hash = 'a'.repeat(64);
    const content = `---\nowner: team\napproved_by: josh\napproved_at: 2026-01-01T00:00:00Z\napproved_hash: ${hash}\n---\n${bodyOf()}`;
    await propose(project, { content });
    const { text, notes } = (await project.call('inbox.show', { number: '1' })) as {
      text: string;
      notes: string[];
    };
    assert.doesNotMatch(text, /approved_/);
    assert.match(text, /\nowner: team\n/, 'what nobody knows is kept');
    assert.ok(notes.some((note) => note.startsWith('"josh" is named as approver')));
  });

  it('[A10] refuses a text that says it is retired, by its keys and line, and says how one is retired', async (t) => {
    const project = await openProject(t);
    const content = (front: string) => `---\nowner: team\n${front}\n---\n${bodyOf()}`;
    const cases: [front: string, keys: string[]][] = [
      ['status: retired\nretired_because: old', ['status', 'retired_because']],
      ['"status": "retired"', ['status']],
      ['retired_because: old', ['retired_because']],
      ['replaced_by: data/dates', ['replaced_by']],
    ];
    for (const [front, keys] of cases)
      await assert.rejects(propose(project, { content: content(front) }), {
        code: 'proposals.retired',
        details: { id: 'architecture/error-responses', keys, line: 3 },
        remedy: /by a person: `troupe standards retire architecture\/error-responses --because "…"`\.$/,
      });
    await nothingStored(project);
    await propose(project, { content: content('status: active') });
    const edited = { number: '1', text: content('status: retired') };
    await assert.rejects(project.call('inbox.edit', edited), { code: 'proposals.retired' });
  });

  it('refuses 10 MB, binary data, and characters that nobody sees', async (t) => {
    const project = await openProject(t);
    const huge = `${bodyOf()}\n${'word '.repeat(2_000_000)}`;
    await assert.rejects(propose(project, { content: huge }), (error) => {
      assert.ok(isAppError(error, 'proposals.too_large'));
      assert.match(error.message, /has 10,000,\d+ bytes; the limit is 50,000 \(approvals\.max_text_bytes\)/);
      return true;
    });
    await assert.rejects(
      propose(project, { content: `${bodyOf()}\n\0\u0001` }),
      /holds a NUL character, as binary data does in line/,
    );
    for (const hidden of ['\u202E', '\u200B', '\u{E0041}', '\u001B[8m', '\u2066', '\u00AD', 'a\rb'])
      await assert.rejects(propose(project, { content: `${bodyOf()}\nplain ${hidden}` }), {
        code: 'proposals.not_text',
      });
    await nothingStored(project);
    await propose(project, { content: `${bodyOf()}\r\nemoji 👩‍💻, naïve, 語, tab\t.` });
  });

  it('[A15] refuses secrets in every field and repeats none: not in the error, the database or its log', async (t) => {
    const project = await openProject(t);
    const secrets = {
      aws: ['AKIA', 'QYLPMN5HFIQR7XYA'].join(''),
      github: ['ghp', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('_'),
      key: `-----BEGIN RSA PRIVATE KEY-----\n${'MIIEpAIBAAKCAQEA1c7+9z5Pad7OejecsQ0buB6e'.repeat(3)}\n-----END RSA PRIVATE KEY-----`,
      assigned: 'password = "q8Xz!2LmWv9#RtYp"',
      unquoted: 'db_password: q8Xz!2LmWv9#RtYp',
      jwt: ['eyJ', 'hbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiIsImEiOjF9.q8Xz2LmWv9RtYpKd3nB7cF5h'].join(''),
      url: 'redis://:q8XzLmWv9RtYpKd3n@cache.corp',
    };
    for (const [kind, secret] of Object.entries(secrets)) {
      const fields: Record<string, unknown>[] = [
        { content: `${bodyOf()}\n\n${secret}\n` },
        // A name has one line, and is refused as soon as it has more.
        ...(kind === 'key' ? [] : [{ created_by: secret }, { approved_by: secret }]),
        { tags: ['api', secret] },
        { content: `---\nnote: |\n  ${secret.replaceAll('\n', '\n  ')}\n---\n${bodyOf()}` },
        ...(kind === 'assigned' || kind === 'key' ? [] : [{ topic: secret }, { domain: secret }]),
      ];
      for (const field of fields) {
        await assert.rejects(propose(project, field), (error) => {
          assert.ok(
            isAppError(error, 'proposals.secret'),
            `${kind} ${JSON.stringify(Object.keys(field))} ${String(error)}`,
          );
          assert.ok(!JSON.stringify(error.toWire()).includes(secret.slice(8, 30)));
          return true;
        });
      }
    }
    await assert.rejects(
      propose(project, { content: `${bodyOf()}\n\n${secrets.github}` }),
      /in line 2\d of the text/,
    );
    await nothingStored(project);
    const folder = path.join(project.root, '.agent-os');
    for (const file of await readdir(folder)) {
      if (!file.startsWith('troupe.db')) continue;
      const bytes = await readFile(path.join(folder, file), 'latin1');
      for (const secret of Object.values(secrets)) assert.ok(!bytes.includes(secret.slice(8, 30)), file);
    }
  });

  it('[A10] refuses a standard that exists, also as a link, and says how to change it', async (t) => {
    const project = await openProject(t);
    await project.writeByHand('architecture/error-responses', 'mine\n');
    await assert.rejects(propose(project), {
      code: 'proposals.exists',
      remedy:
        /edits \.agent-os\/standards\/architecture\/error-responses\.md and runs `troupe standards adopt`/,
    });
    assert.equal(await project.read('architecture/error-responses'), 'mine\n');
    assert.equal(await project.store.count({ project: project.root }), 0);
  });

  it('shows near-duplicates before approval', async (t) => {
    const project = await openProject(t);
    await project.writeByHand('api/failures', bodyOf('Answer every failure with problem details, always.'));
    await project.writeByHand('data/dates', '# Dates\n\nStore instants in coordinated universal time.\n');
    const answer = await propose(project);
    assert.deepEqual(answer['near_duplicates'], ['api/failures']);
    const { notes } = (await project.call('inbox.show', { number: '1' })) as { notes: string[] };
    assert.ok(
      notes.some((note) => /^Near-duplicates: api\/failures \(0\.\d+\)$/.test(note)),
      notes.join('\n'),
    );
  });

  it('does not ask twice what a person has rejected', async (t) => {
    const project = await openProject(t);
    await propose(project);
    await project.call('inbox.reject', { number: '1', because: 'we decided otherwise' });
    await assert.rejects(propose(project, { created_by: 'qa' }), {
      code: 'proposals.rejected_before',
      message:
        'josh rejected exactly this text of architecture/error-responses (request 1): we decided otherwise.',
    });
    assert.equal((await propose(project, { content: bodyOf('Something new.') }))['number'], 2);
  });
});
