import { z } from 'zod';
import { operationsOf } from '../../../kernel/index.ts';
import { countTokens, tokenizerName } from '../../../platform/tokens/index.ts';
import { personaDetails } from '../contract/index.ts';
import { summaryOf } from './on-the-wire.ts';
import type { PersonaDeps } from './persona-deps.ts';

export const showPersona = operationsOf<PersonaDeps>()({
  name: 'personas.show',
  summary: 'Show one persona: its instructions, its limits, and where it comes from.',
  input: z.object({
    persona: z.string().min(1).max(200).describe('Name or title, with or without @, 1 to 200 characters.'),
  }),
  output: personaDetails,
  doors: { cli: 'personas show' },
  policy: { effect: 'read', idempotent: true },
  errors: ['personas.unknown', 'personas.not_loaded', 'personas.switched_off'],
  async handler(input, { deps }) {
    const persona = await deps.personas.find(input.persona);
    return {
      ...summaryOf(persona),
      body: persona.body,
      content_hash: persona.contentHash,
      size_bytes: persona.sizeBytes,
      tokens: await countTokens(persona.body),
      tokenizer: tokenizerName,
      model: persona.model ?? null,
      max_turns: persona.maxTurns ?? null,
      tools: persona.tools === undefined ? null : [...persona.tools],
      disallowed_tools: [...persona.disallowedTools],
      front_matter: { ...persona.frontMatter },
    };
  },
});
