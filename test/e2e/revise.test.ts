import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { ReviewReport } from '../../src/capabilities/work/contract/index.ts';
import { startModelServer, type ProtocolName } from '../support/model-servers/index.ts';
import { exampleProject, type ExampleProject } from '../support/troupe/example-project.ts';
import { atTerminal } from '../support/troupe/terminal.ts';
import { runTroupe } from '../support/troupe/troupe-process.ts';

// `script`, which gives the command a terminal, is not on Windows.
const onPosix = { skip: process.platform === 'win32' };

const draft = {
  domain: 'architecture',
  topic: 'outgoing-calls',
  title: 'Outgoing calls have a time limit',
  lead: 'Give each call to another service a time limit.',
  context: 'A provider that hangs holds every request of the shop.',
  pattern: 'Pass a signal that aborts after the limit.',
  examples: '```ts\nawait fetch(url, { signal: AbortSignal.timeout(2_000) });\n```',
  anti_patterns: '```ts\nawait fetch(url);\n```\n\nIt waits for ever.',
  when_to_revisit: 'When calls go through a client that sets the limit.',
  evidence: [
    { file: 'src/payments.ts', line: 14, quote: '  const res = await fetch(`${baseUrl}/v1/charges`, {' },
  ],
};
const because = 'Say how long the limit is: two seconds.';
const revisedLead = 'Give each call to another service a time limit of two seconds.';
const standard = '.agent-os/standards/architecture/outgoing-calls.md';
const proposes = (more: object = {}) => [{ name: 'propose_standard', input: { ...draft, ...more } }];

/** What the person's terminal shows; the command must succeed. */
async function person(
  t: TestContext,
  project: ExampleProject,
  args: readonly string[],
  env: Record<string, string>,
): Promise<string> {
  const { code, screen } = await atTerminal(t, project, args, env).finished;
  assert.equal(code, 0, screen);
  return screen;
}

describe('[A11] changes asked of a proposal, with a language model', onPosix, () => {
  for (const protocol of ['anthropic', 'openai'] as const satisfies ProtocolName[]) {
    it(`go to the persona that proposed it, whose next revision is the one approved (${protocol})`, async (t) => {
      const project = await exampleProject(t);
      const server = await startModelServer(t, protocol, [
        { expects: /review src\/payments\.ts/, reply: { text: 'A pattern.', toolCalls: proposes() } },
        { expects: /Proposed as request 1/, reply: { text: 'I proposed a standard.' } },
        {
          expects: /Revise the standard architecture\/outgoing-calls that you proposed \(request 1/,
          reply({ body }) {
            assert.ok(body.includes(because) && body.includes(draft.lead), 'feedback and draft are there');
            return { text: 'Done.', toolCalls: proposes({ lead: revisedLead }) };
          },
        },
        { expects: /revision 2/, reply: { text: 'The limit is named now.' } },
      ]);
      const asked = await runTroupe(
        t,
        project,
        ['ask', '@architect review src/payments.ts', '--json'],
        server.env,
      );
      assert.equal(asked.code, 0, asked.stderr);

      const said = await person(t, project, ['inbox', 'revise', '1', '--because', because], server.env);
      const [, job] = /architect is making a new revision \(job (\w+)\)/.exec(said)!;
      assert.match(said, new RegExp(`troupe jobs watch ${job}`), 'it says how it goes on without an IDE');
      const open = await runTroupe(t, project, ['inbox', '--json'], server.env);
      assert.match(open.stdout, /"status": "changes-asked"|"status": "changes_asked"/);
      const watched = await runTroupe(t, project, ['jobs', 'watch', job!, '--json'], server.env);
      const report = JSON.parse(watched.stdout) as ReviewReport;
      assert.deepEqual([watched.code, report.status], [0, 'complete'], watched.stderr);

      const shown = await person(t, project, ['inbox', 'show', '1'], server.env);
      assert.match(shown, /revision 2/i);
      assert.ok(shown.replaceAll(/\s+/g, ' ').includes(revisedLead), shown);
      assert.match(await person(t, project, ['inbox', 'approve', '1'], server.env), /Written: /);
      const text = await readFile(join(project.root, standard), 'utf8');
      assert.ok(text.includes(revisedLead));
      assert.match(text, /^created_by: architect$/m);
    });
  }

  it('stay with the person when the model cannot be reached: the job says why, the request stays open', async (t) => {
    const project = await exampleProject(t);
    const server = await startModelServer(t, 'anthropic', [
      { reply: { text: 'A pattern.', toolCalls: proposes() } },
      { reply: { text: 'I proposed a standard.' } },
    ]);
    await runTroupe(t, project, ['ask', '@architect review src/payments.ts'], server.env);
    const said = await person(t, project, ['inbox', 'revise', '1', '--because', because], server.env);
    const [, job] = /\(job (\w+)\)/.exec(said)!;
    await server.leave();
    const env = { ...server.env, TROUPE_MODELS_MAX_RETRIES: '0' };
    const watched = await runTroupe(t, project, ['jobs', 'watch', job!, '--json'], env);
    const report = JSON.parse(watched.stdout) as ReviewReport;
    assert.deepEqual([watched.code, report.status], [7, 'failed']);
    assert.equal(report.error?.code, 'models.unreachable');
    const shown = await person(t, project, ['inbox', 'show', '1'], env);
    assert.ok(shown.includes(because) && shown.includes(draft.title), shown);
  });
});
