import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { personaText } from '../testing.ts';
import { readDocument } from './read-document.ts';

const read = (content: string | Uint8Array, identifier = 'dba') =>
  readDocument({ identifier, path: `p/${identifier}.md`, bytes: Buffer.from(content), maxBytes: 50_000 });

/** The problems as `severity line:column message`, the way a person reads them. */
async function problemsOf(content: string | Uint8Array, identifier?: string): Promise<string[]> {
  const { problems } = await read(content, identifier);
  return problems.map((one) => `${one.severity} ${one.line ?? '-'}:${one.column ?? '-'} ${one.message}`);
}

describe('readDocument', () => {
  it("[A8] reads the documents' flat keys as they are, with a title as name", async () => {
    const text = personaText(
      'name: Software Architect\nstandard_directory: architecture\npriority: core\ndescription: System design, architecture patterns, scalability, and API design',
      '# IDENTITY: SOFTWARE ARCHITECT\n\nYou are a Senior Software Architect.',
    );
    const { document, problems } = await read(text, 'architect');
    assert.deepEqual(problems, []);
    assert.equal(document?.name, 'architect');
    assert.equal(document?.displayName, 'Software Architect');
    assert.equal(document?.standardDirectory, 'architecture');
    assert.equal(document?.priority, 'core');
    assert.equal(document?.description, 'System design, architecture patterns, scalability, and API design');
    assert.match(document?.body ?? '', /^# IDENTITY: SOFTWARE ARCHITECT\n/);
  });

  it('keeps unknown keys that are named as members of every object', async () => {
    const names = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__'];
    const keys = names.map((name) => `${name}: hello`).join('\n');
    const inner = names.map((name) => `  ${name}: hello`).join('\n');
    const { document, problems } = await read(
      personaText(`name: dba\ndescription: d\n${keys}\npersona:\n${inner}`),
    );
    assert.deepEqual(
      problems.map(({ severity, message }) => `${severity} ${message}`),
      names.map((name) => `warning unknown key "persona.${name}": kept, but without effect`),
    );
    const kept = document!.frontMatter;
    for (const held of [kept, kept['persona'] as object])
      for (const name of names) assert.equal(Object.getOwnPropertyDescriptor(held, name)?.value, 'hello');
  });

  it('reads portable keys on top and its own under persona, and keeps unknown ones', async () => {
    const text = personaText(`
name: dba
display_name: Database Administrator
description: >
  Looks at
  queries.
tools: read_file, grep_files
disallowed_tools: [git_diff]
max_turns: 12
model: some-model
color: blue
persona:
  priority: core
  standard_directory: data
  checks: [data, security, data]
  provenance: { source: team }
`);
    const { document, problems } = await read(text);
    assert.deepEqual(problems, []);
    assert.equal(document?.displayName, 'Database Administrator');
    assert.equal(document?.description, 'Looks at queries.');
    assert.deepEqual(document?.tools, ['read_file', 'grep_files']);
    assert.deepEqual(document?.disallowedTools, ['git_diff']);
    assert.equal(document?.maxTurns, 12);
    assert.equal(document?.model, 'some-model');
    assert.equal(document?.priority, 'core');
    assert.deepEqual(document?.checks, ['data', 'security']);
    assert.equal(document?.frontMatter['color'], 'blue');
    assert.deepEqual(document?.unusedKeys, ['color']);
  });

  it('names a misspelt key, the key that was meant, and the line', async () => {
    assert.deepEqual(await problemsOf(personaText('name: dba\ndescription: Queries.\nprioritty: core')), [
      'warning 4:1 unknown key "prioritty" (did you mean priority?): kept, but without effect',
    ]);
    assert.deepEqual(await problemsOf(personaText('description: Queries.\ndisallowedTools: [git_diff]')), [
      'warning 3:1 unknown key "disallowedTools" (did you mean disallowed_tools?): kept, but without effect',
    ]);
    assert.deepEqual(await problemsOf(personaText('description: Queries.\nchecks: [data]')), [
      'warning 3:1 unknown key "checks" (write it under "persona:"): kept, but without effect',
    ]);
    assert.deepEqual(await problemsOf(personaText('description: Queries.\npersona:\n  check: [data]')), [
      'warning 4:3 unknown key "persona.check" (did you mean checks?): kept, but without effect',
    ]);
  });

  const broken: [what: string, content: string | Uint8Array, expected: RegExp][] = [
    ['no front matter', 'You are a DBA.', /^error 1:- there is no front matter/],
    [
      'front matter that is never closed',
      '---\nname: dba\n',
      /^error 1:- the front matter that begins here is never/,
    ],
    [
      'broken YAML',
      personaText('name: dba\ntools: [a, b\npriority: core'),
      /^error [234]:\d+ the front matter is not valid YAML/,
    ],
    [
      'an unquoted colon',
      personaText('name: dba\ndescription: Queries: all of them'),
      /^error 3:\d+ .*; text that contains ": " needs quotes around it$/,
    ],
    [
      'an unquoted colon',
      personaText('name: dba\ndescription: Queries: all of them'),
      /^error 3:\d+ .*; text that contains ": " needs quotes around it$/,
    ],
    [
      'a key given twice',
      personaText('name: dba\nname: dba'),
      /^error 3:1 the front matter is not valid YAML: Map keys must be unique/,
    ],
    [
      'front matter that is a list',
      personaText('- name'),
      /^error 2:1 the front matter must be keys and values/,
    ],
    [
      'a wrong type',
      personaText('description: d\nmax_turns: many'),
      /^error 3:1 "max_turns" must be a whole number from 1 to 200, but is "many"$/,
    ],
    [
      'a number out of range',
      personaText('description: d\nmax_turns: 0'),
      /^error 3:1 "max_turns" must be a whole number/,
    ],
    [
      'an unknown priority',
      personaText('description: d\npriority: high'),
      /^error 3:1 "priority" must be core or specialist, but is "high"$/,
    ],
    [
      'an unknown rule pack',
      personaText('description: d\npersona:\n  checks:\n    - data\n    - securty'),
      /^error 6:7 "persona\.checks\.1" must be one of the rule packs .*, but is "securty"$/,
    ],
    [
      'a path as standards folder',
      personaText('description: d\nstandard_directory: ../../etc'),
      /^error 3:1 "standard_directory" must be a folder name/,
    ],
    [
      'a section that is no map',
      personaText('description: d\npersona: core'),
      /^error 3:1 "persona" must be keys and values/,
    ],
    [
      'a name of another file',
      personaText('description: d\nname: database-admin'),
      /^error 3:1 "name" is database-admin, but the file is dba\.md/,
    ],
    [
      'an empty body',
      '---\nname: dba\ndescription: d\n---\n  \n',
      /^error \d:- there are no instructions below the front matter$/,
    ],
    [
      'bytes that are not UTF-8',
      Buffer.from([...Buffer.from('---\nname: "'), 0xff, 0xfe]),
      /^error 2?-?:?-? ?.*the file is not UTF-8 text/,
    ],
    [
      'inheritance',
      personaText('description: d\npersona:\n  extends: security'),
      /^error 4:3 "persona\.extends" asks for inheritance, which this version does not support; the persona is not loaded$/,
    ],
    [
      'fragments',
      personaText('description: d\npersona:\n  fragments: [tone]'),
      /^error 4:3 "persona\.fragments" asks for including fragments/,
    ],
    [
      'a bomb of aliases',
      personaText(
        `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(9)}]\nc: &c [${'*b,'.repeat(9)}]\nd: [${'*c,'.repeat(9)}]`,
      ),
      /^error 2:1 the front matter cannot be read/,
    ],
  ];
  for (const [what, content, expected] of broken) {
    it(`refuses ${what}, with the line and the reason`, async () => {
      const { document } = await read(content);
      assert.equal(document, undefined);
      assert.match((await problemsOf(content)).find((line) => line.startsWith('error')) ?? 'none', expected);
    });
  }

  it('refuses a file name that is no identifier and says the name it could have', async () => {
    const [problem] = await problemsOf(personaText('description: d'), 'Database Admin');
    assert.match(
      problem ?? '',
      /must be kebab-case, at most 50 characters; rename it to database-admin\.md$/,
    );
  });

  it('refuses a file over the limit with the figure and the limit', async () => {
    const [problem] = await problemsOf(personaText('description: d', 'x'.repeat(50_000)));
    assert.match(
      problem ?? '',
      /the file has 500\d\d bytes, more than the 50000 of personas\.max_document_bytes/,
    );
  });

  it('says which keys have no effect yet, and loads the persona', async () => {
    const { document, problems } = await read(
      personaText('description: d\nskills: [sql]\npersona:\n  voice: dry'),
    );
    assert.deepEqual(document?.unusedKeys, ['skills', 'persona.voice']);
    assert.deepEqual(
      problems.map(({ line, severity }) => [line, severity]),
      [
        [3, 'warning'],
        [5, 'warning'],
      ],
    );
  });

  it('unifies line ends, drops a byte order mark, and leaves the body as it is', async () => {
    const body = '# A\n\n```\n  code\n\n\n  more\n```\n\n---\n\nend';
    const text = `\uFEFF${personaText('description: d', body)}`.replaceAll('\n', '\r\n');
    assert.equal((await read(text)).document?.body, body);
  });

  it('reads or refuses any text without throwing, and never half', async () => {
    const line = fc.oneof(
      fc.constantFrom(
        '---',
        'name: dba',
        'persona:',
        '  checks: [data]',
        'tools: [',
        '? x',
        '&a *a',
        '<<: *a',
        '__proto__: {a: 1}',
        '!!js/function "x"',
      ),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 12 }), async (lines) => {
        const { document, problems } = await read(['---', ...lines].join('\n'));
        assert.equal(
          document === undefined,
          problems.some(({ severity }) => severity === 'error'),
        );
        for (const { line: at } of problems) assert.ok(at === undefined || at >= 1);
      }),
    );
    assert.equal(({} as Record<string, unknown>)['a'], undefined);
  });
});
