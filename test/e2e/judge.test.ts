import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CheckOutput } from '../../src/capabilities/checks/contract/index.ts';
import { startModelServer, type ProtocolName, type ScriptedReply } from '../support/model-servers/index.ts';
import { exampleProject, type ExampleProject } from '../support/troupe/example-project.ts';
import { runTroupe } from '../support/troupe/troupe-process.ts';

// Neither has a rule that a machine could run.
const standards = ['development/naming', 'development/comments'] as const;
const judged = ['check', 'src/payments.ts', '--standards', standards.join(','), '--json'];

const departure = {
  severity: 'medium',
  file: 'src/payments.ts',
  line: 12,
  quote: 'export async function charge(amount: number, cardToken: string, email: string): Promise<Charge> {',
  title: '[development/naming] amount does not say its unit',
  why: 'The provider counts in cents, the caller in euros.',
  remedy: 'Call it amountEuros.',
  standard: 'development/naming',
};
const made = { ...departure, line: 5, quote: 'this line is nowhere in the file' };
const other = { ...departure, title: 'The retry loop has no pause', standard: undefined };

async function check(
  t: Parameters<typeof runTroupe>[0],
  project: ExampleProject,
  env: Record<string, string>,
) {
  const { code, stdout, stderr } = await runTroupe(t, project, judged, env);
  assert.ok(stdout !== '', stderr);
  return { code, stderr, output: JSON.parse(stdout) as CheckOutput };
}

describe('[X8] troupe check with a language model', () => {
  for (const protocol of ['anthropic', 'openai-compatible', 'ollama'] as const satisfies ProtocolName[]) {
    it(`lets a persona read what no rule can check, over the protocol of ${protocol}`, async (t) => {
      const project = await exampleProject(t);
      const reports = [departure, made, other].map((input) => ({ name: 'report_finding', input }));
      const server = await startModelServer(t, protocol, [
        {
          expects({ body, tools }) {
            assert.match(
              body,
              /Check src\/payments\.ts against the standards in the context, and against nothing else/,
            );
            for (const id of standards) assert.ok(body.includes(`Standard ${id} (troupe:${id})`), id);
            assert.doesNotMatch(body, /Standard architecture\//);
            assert.ok(tools.includes('report_finding'));
          },
          reply: { text: 'I read the file.', toolCalls: reports },
        },
        { expects: /Call it amountEuros/, reply: { text: 'One place departs from a standard.' } },
      ]);
      const { code, stderr, output } = await check(t, project, server.env);
      assert.equal(code, 8, stderr);
      const [finding, ...more] = output.findings;
      assert.deepEqual(more, []);
      assert.deepEqual(
        [finding?.file, finding?.line, finding?.standard, finding?.rule, finding?.severity],
        ['src/payments.ts', 12, 'development/naming', null, 'medium'],
      );
      assert.match(finding!.message, /^amount does not say its unit\. Call it amountEuros/);
      assert.equal(finding!.quote, departure.quote);
      assert.deepEqual(output.checked.toSorted(), [...standards].toSorted());
      assert.deepEqual(output.not_checked, []);
      assert.match(output.message, /2 claims of the persona/);
      const job = await runTroupe(t, project, ['jobs', 'show', output.job_id!, '--json']);
      assert.equal((JSON.parse(job.stdout) as { status: string }).status, 'complete');
      assert.equal(server.paid().turns, 2);
    });
  }

  it('names each standard that was not read, and why, when the model refuses the key', async (t) => {
    const project = await exampleProject(t);
    const server = await startModelServer(t, 'anthropic', []);
    const env = { ...server.env, ANTHROPIC_API_KEY: 'wrong-key-1234567890' };
    const { code, output } = await check(t, project, env);
    assert.equal(code, 0, 'nothing departs as far as it was read');
    assert.deepEqual([output.findings, output.checked], [[], []]);
    assert.deepEqual(
      output.not_checked.flatMap(({ standards }) => standards).toSorted(),
      [...standards].toSorted(),
    );
    for (const { reason } of output.not_checked)
      assert.match(reason, /^the persona could not read it: .*ANTHROPIC_API_KEY/);
    assert.doesNotMatch(JSON.stringify(output), /wrong-key/);
  });

  it('gives the job when the persona takes longer than the check waits, and the job can be followed to its end', async (t) => {
    const project = await exampleProject(t);
    const reply: ScriptedReply = { text: 'Nothing departs.' };
    const patient = await startModelServer(t, 'anthropic', () => reply);
    const env = { ...patient.env, TROUPE_CHECKS_JUDGE_WAIT_MS: '0' };
    const { code, output } = await check(t, project, env);
    assert.equal(code, 0);
    for (const { reason } of output.not_checked)
      assert.equal(
        reason,
        `a persona has not finished reading it: \`troupe jobs watch ${output.job_id}\` goes on with it`,
      );
    assert.equal(output.not_checked.flatMap((one) => one.standards).length, 2);
    const watched = await runTroupe(t, project, ['jobs', 'watch', output.job_id!, '--json'], env);
    assert.equal(watched.code, 0, watched.stderr);
    assert.equal((JSON.parse(watched.stdout) as { status: string }).status, 'complete');
  });
});
