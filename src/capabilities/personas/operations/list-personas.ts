import { z } from 'zod';
import { operationsOf } from '../../../kernel/index.ts';
import { personaProblem, personaSummary, switchedOffPersona } from '../contract/index.ts';
import { problemOf, summaryOf } from './on-the-wire.ts';
import type { PersonaDeps } from './persona-deps.ts';

export const listPersonas = operationsOf<PersonaDeps>()({
  name: 'personas.list',
  summary:
    'List the personas of this project, those that are switched off, and what is wrong with persona files.',
  input: z.object({}),
  output: z.object({
    personas: z
      .array(personaSummary)
      .describe('Core first, then specialists, each by name; bounded by personas.max_files.'),
    switched_off: z.array(switchedOffPersona).describe('Personas that the configuration switches off.'),
    problems: z
      .array(personaProblem)
      .describe('Files that were not loaded, replacements, and doubtful keys.'),
  }),
  doors: { cli: 'personas list' },
  policy: { effect: 'read', idempotent: true },
  errors: [],
  async handler(_input, { deps: { personas } }) {
    const [listed, off, problems] = await Promise.all([
      personas.list(),
      personas.switchedOff(),
      personas.problems(),
    ]);
    return {
      personas: listed.map(summaryOf),
      switched_off: off.map(({ persona, setting }) => ({ name: persona.name, setting })),
      problems: problems.map(problemOf),
    };
  },
});
