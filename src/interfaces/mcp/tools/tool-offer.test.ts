import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deskOperations } from '../../../../test/support/mcp/desk-operations.ts';
import type { AnyOperation } from '../../../kernel/index.ts';
import { jobOperations } from '../../../capabilities/jobs/index.ts';
import type { PersonaCard } from '../persona-source.ts';
import { mcpToolsOf, personaMeantBy } from './tool-offer.ts';

const names = ['architect', 'qa', 'security', 'workflow-executor'];

/** Words of a persona's description, as long as a definition takes. */
const words =
  'reviews authentication, input handling, secrets and dependencies; names attack, impact and fix; ';
const description = words.repeat(3).slice(0, 300);

function card(name: string): PersonaCard {
  return {
    name,
    displayName: name,
    description: `Ask the ${name} persona: ${description}`,
    priority: 'core',
  };
}

const personas = names.map(card);

/** The product's operations on jobs; the others of the desk have the product's contracts too. */
const operations: readonly AnyOperation<never>[] = [
  ...deskOperations.filter(({ name }) => !name.startsWith('jobs.')),
  ...jobOperations,
];

function named(profile: 'full' | 'compact', cards: readonly PersonaCard[] = personas) {
  return new Map(mcpToolsOf(operations, cards, profile).map((offer) => [offer.definition.name, offer]));
}

describe('mcpToolsOf', () => {
  it('[A1] makes one tool for each persona, with the persona bound and no argument for it', () => {
    const tools = named('full');
    for (const name of names) {
      const offer = tools.get(`invoke_${name.replaceAll('-', '_')}`)!;
      assert.deepEqual(offer.bound, { persona: name });
      assert.deepEqual(Object.keys(offer.definition.inputSchema.properties), ['task', 'context', 'priority']);
    }
    const others = operations.flatMap(({ doors }) => [doors.mcp, doors.mcpAlias]);
    assert.deepEqual(
      [...tools.keys()].filter((name) => !name.startsWith('invoke_')),
      others.filter((name) => name !== undefined && !name.startsWith('invoke_')),
    );
    assert.equal([...tools.keys()].filter((name) => name.startsWith('invoke_')).length, names.length);
  });

  it('shows where a long description of a persona was cut', () => {
    const { definition } = named('full').get('invoke_security')!;
    assert.equal(definition.description!.length, 240);
    assert.ok(definition.description!.endsWith('…'));
  });

  it('says in the hints what a tool does to the project', () => {
    const tools = named('full');
    const hints = (name: string) => tools.get(name)!.definition.annotations;
    assert.deepEqual(hints('check_persona_job'), { readOnlyHint: true });
    assert.deepEqual(hints('invoke_qa'), { destructiveHint: false });
    assert.deepEqual(hints('cancel_persona_job'), { destructiveHint: false, idempotentHint: true });
    assert.equal(hints('reset_persona_jobs')?.destructiveHint, true);
  });

  it('keeps what a caller needs of an input, and no more', () => {
    const { inputSchema } = named('full').get('check_persona_job')!.definition;
    assert.deepEqual(inputSchema.required, ['job_id']);
    const wait = inputSchema.properties['wait_seconds'] as Record<string, unknown>;
    assert.deepEqual([wait['type'], wait['minimum'], wait['maximum'], wait['default']], ['number', 0, 50, 0]);
    assert.ok(!JSON.stringify(inputSchema).includes('$schema'));
  });

  it('requires nothing at the top of an output, so that a failed call fits it too', () => {
    for (const { definition } of named('full').values()) {
      assert.equal(definition.outputSchema['required'], undefined);
      assert.equal(definition.outputSchema['additionalProperties'], undefined);
    }
  });

  it('offers an operation without an MCP name nowhere', () => {
    const hidden = { ...operations[0]!, name: 'personas.hidden', doors: { cli: 'hidden' } };
    assert.deepEqual(mcpToolsOf([hidden], personas, 'full'), []);
  });

  it('[A25] offers no way to ask a persona when there is none', () => {
    assert.ok(![...named('full', []).keys()].some((name) => name.startsWith('invoke_')));
    assert.ok(!named('compact', []).has('invoke_persona'));
  });
});

describe('personaMeantBy', () => {
  it('reads the persona out of a tool name, and only out of one', () => {
    assert.equal(personaMeantBy('invoke_workflow_executor', 'invoke_{persona}'), 'workflow-executor');
    assert.equal(personaMeantBy('check_persona_job', 'invoke_{persona}'), undefined);
    assert.equal(personaMeantBy('invoke_x', 'no placeholder'), undefined);
  });
});
