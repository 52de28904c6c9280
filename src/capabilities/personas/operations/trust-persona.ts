import { z } from 'zod';
import { assertPerson, operationsOf } from '../../../kernel/index.ts';
import { personaErrors } from '../errors.ts';
import type { PersonaDeps } from './persona-deps.ts';

export const trustPersona = operationsOf<PersonaDeps>()({
  name: 'personas.trust',
  summary:
    "Trust one of this project's personas, in exactly its present text, to run with hosted models. A person's act, on a terminal.",
  input: z.object({
    persona: z.string().min(1).max(200).describe('Name or title of a project persona, 1 to 200 characters.'),
    content_hash: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'must be the 64 hex digits of content_hash')
      .optional()
      .describe(
        'SHA-256 of the text that the person was shown, 64 hex digits; refused when the file has changed since.',
      ),
  }),
  output: z.object({
    persona: z.string().describe('Identifier of the persona.'),
    path: z.string().describe('The file.'),
    content_hash: z.string().describe('SHA-256 of the text that is trusted now, 64 hex digits.'),
    already_trusted: z.boolean().describe('True when this text was trusted before.'),
  }),
  doors: { cli: 'personas trust' },
  policy: { effect: 'write', idempotent: true },
  errors: [
    'personas.unknown',
    'personas.not_loaded',
    'personas.switched_off',
    'personas.not_of_this_project',
    'call.needs_person',
    'personas.changed_since_shown',
    'personas.trust_unreadable',
    'personas.trust_locked',
  ],
  async handler(input, { deps, call }) {
    const persona = await deps.personas.find(input.persona);
    const { name, layer, path, contentHash } = persona;
    if (layer !== 'project') throw personaErrors.make('personas.not_of_this_project', { name, layer });
    const command = `troupe personas trust ${name}`;
    assertPerson(call, deps, { act: `trusting the persona "${name}"`, command });
    if (input.content_hash !== undefined && input.content_hash !== contentHash) {
      const facts = { name, shownHash: input.content_hash, currentHash: contentHash };
      throw personaErrors.make('personas.changed_since_shown', facts);
    }
    const key = { projectRoot: deps.projectRoot, persona: name, contentHash };
    const added = await deps.personaTrust.trust(key, deps.clock.now());
    return { persona: name, path, content_hash: contentHash, already_trusted: !added };
  },
});
