import { z } from 'zod';
import { isAppError, operationsOf } from '../../../kernel/index.ts';
import { personaErrors } from '../errors.ts';
import type { PersonaDeps } from './persona-deps.ts';

export const distrustPersona = operationsOf<PersonaDeps>()({
  name: 'personas.distrust',
  summary:
    "Withdraw the trust in one of this project's personas, in every text of it: no language model reads it any more.",
  input: z.object({
    persona: z.string().min(1).max(200).describe('Name or title of a project persona, 1 to 200 characters.'),
  }),
  output: z.object({
    persona: z.string().describe('Identifier of the persona.'),
    texts: z.int().min(0).describe('Texts of it that were trusted until now.'),
  }),
  // It takes a right away and gives none, so it needs no person at a terminal.
  doors: { cli: 'personas distrust' },
  policy: { effect: 'write', idempotent: true },
  errors: [
    'personas.unknown',
    'personas.not_loaded',
    'personas.switched_off',
    'personas.not_of_this_project',
    'personas.trust_unreadable',
    'personas.trust_locked',
  ],
  async handler({ persona: given }, { deps }) {
    const found = await deps.personas.find(given).catch((error: unknown) => {
      if (!isAppError(error)) throw error;
      return error;
    });
    // A persona whose file is gone or broken may come back: its trust can be withdrawn by its name.
    const name = isAppError(found) ? given : found.name;
    const texts = await deps.personaTrust.distrust({ projectRoot: deps.projectRoot, persona: name });
    if (texts === 0) {
      if (isAppError(found)) throw found;
      const { layer } = found;
      if (layer !== 'project') throw personaErrors.make('personas.not_of_this_project', { name, layer });
    }
    return { persona: name, texts };
  },
});
