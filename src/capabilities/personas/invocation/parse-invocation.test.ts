import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { invocationNames, parseInvocation } from './parse-invocation.ts';

const names = invocationNames([
  { name: 'architect', displayName: 'Software Architect' },
  { name: 'security', displayName: 'Security Engineer' },
  { name: 'data', displayName: 'Data Engineer' },
  { name: 'database', displayName: 'Database' },
  { name: 'workflow-executor', displayName: 'Workflow Executor' },
]);

describe('parseInvocation', () => {
  const cases: [text: string, persona: string | undefined, task: string][] = [
    ['@security review src/auth', 'security', 'review src/auth'],
    ['  @Security, review src', 'security', 'review src'],
    ['@security: review src', 'security', 'review src'],
    ['@security - review src', 'security', 'review src'],
    ['@security\nreview src', 'security', 'review src'],
    ['@security', 'security', ''],
    ['@security.', 'security', '.'],
    ['security: review src', 'security', 'review src'],
    ['SECURITY:\nreview src', 'security', 'review src'],
    ['@Software Architect review this', 'Software Architect', 'review this'],
    ['software architect: review this', 'Software Architect', 'review this'],
    ['@software-architect review this', 'Software Architect', 'review this'],
    ['@workflow executor run it', 'workflow-executor', 'run it'],
    ['@workflow_executor run it', 'workflow-executor', 'run it'],
    ['@database slow query', 'database', 'slow query'],
    ['@data engineer look', 'Data Engineer', 'look'],
    ['review src/auth', undefined, 'review src/auth'],
    ['mail me@security.com', undefined, 'mail me@security.com'],
    ['please ask @security to look', 'security', 'please ask to look'],
    ['can you @security review src/auth.ts', 'security', 'can you review src/auth.ts'],
    ['hey @Software Architect, is this sound?', 'Software Architect', 'hey is this sound?'],
    ['why does @scope/security fail', undefined, 'why does @scope/security fail'],
    ['why does @security/client fail', undefined, 'why does @security/client fail'],
    ['ask me@security.com or x@data', undefined, 'ask me@security.com or x@data'],
    ['what does @Injectable do', undefined, 'what does @Injectable do'],
    ['security: tell @data', 'security', 'tell @data'],
    ['@security.com is down', undefined, '@security.com is down'],
    ['@security/client fails to build', undefined, '@security/client fails to build'],
    ['@types/node is outdated', undefined, '@types/node is outdated'],
    ['@app.route("/x") does what?', undefined, '@app.route("/x") does what?'],
    ["@security's report is late", undefined, "@security's report is late"],
    ['data:image/png;base64,AAAA', undefined, 'data:image/png;base64,AAAA'],
    ['note: security matters', undefined, 'note: security matters'],
    ['@ security', undefined, '@ security'],
    ['', undefined, ''],
  ];
  for (const [text, persona, task] of cases) {
    it(`[A16] ${JSON.stringify(text)} addresses ${persona ?? 'nobody'}`, () => {
      const invocation = parseInvocation(text, names);
      assert.equal(invocation.persona, persona);
      assert.equal(invocation.task, task);
      assert.equal(invocation.unknown, undefined);
    });
  }

  it('[A16] gives an unknown @name apart from the task, with the name that was meant', () => {
    assert.deepEqual(parseInvocation('@securty review src', names), {
      persona: undefined,
      task: 'review src',
      unknown: 'securty',
      suggestion: 'security',
    });
    assert.deepEqual(parseInvocation('@zzz review', names), {
      persona: undefined,
      task: 'review',
      unknown: 'zzz',
    });
    assert.deepEqual(parseInvocation('securty: review src', names), {
      persona: undefined,
      task: 'securty: review src',
      suggestion: 'security',
    });
  });

  it('[A16] gives an unknown @name within a sentence only where a known one is near', () => {
    assert.deepEqual(parseInvocation('hey @secuirty can you look at src', names), {
      persona: undefined,
      task: 'hey can you look at src',
      unknown: 'secuirty',
      suggestion: 'security',
    });
    const known = parseInvocation('not @secuirty but @data', names);
    assert.deepEqual([known.persona, known.unknown], ['data', undefined]);
  });

  it('[A16] finds every known name before every task, in any case', () => {
    const task = fc.stringMatching(/^[a-z][a-z0-9 ./-]{0,30}[a-z0-9]$/);
    const only = ['security', 'workflow-executor', 'qa'];
    fc.assert(
      fc.property(fc.constantFrom(...only), task, fc.boolean(), fc.boolean(), (name, given, upper, colon) => {
        const written = upper ? name.toUpperCase() : name;
        const text = colon ? `${written}: ${given}` : `@${written} ${given}`;
        assert.deepEqual(parseInvocation(text, only), { persona: name, task: given.trim() });
      }),
    );
  });

  it('[A16] leaves a text alone that has no address', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!text.includes('@') && !text.includes(':'));
        assert.deepEqual(parseInvocation(text, names), { persona: undefined, task: text.trim() });
      }),
    );
  });
});
