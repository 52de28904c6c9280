import { z } from 'zod';
import { operationsOf } from '../../../kernel/index.ts';
import { countTokens, tokenizerName } from '../../../platform/tokens/index.ts';
import { personaCheck, personaProblem } from '../contract/index.ts';
import { noSuchRule, unknownChecks } from '../document/unknown-checks.ts';
import type { Persona, PersonaProblem } from '../persona.ts';
import { problemOf } from './on-the-wire.ts';
import type { PersonaDeps } from './persona-deps.ts';

/** Instructions up to this size leave room for the task, the standards and the code. */
export const promptTokenLimit = 1_500;

export const checkPersonas = operationsOf<PersonaDeps>()({
  name: 'personas.check',
  summary: 'Check the persona files: every problem with its line, and sizes against their limits.',
  input: z.object({
    persona: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('Only this persona, by name or title, 1 to 200 characters; all when left out.'),
  }),
  output: z.object({
    ok: z.boolean().describe('True when there is no problem of severity error.'),
    tokenizer: z.string().describe('Tokenizer the figures in tokens come from.'),
    personas: z.array(personaCheck).describe('Each loaded persona with its sizes.'),
    problems: z.array(personaProblem).describe('Every problem, errors first.'),
  }),
  doors: { cli: 'personas check' },
  policy: { effect: 'read', idempotent: true },
  errors: ['personas.unknown', 'personas.not_loaded', 'personas.switched_off'],
  async handler(input, { deps }) {
    const all = await deps.personas.list();
    const personas = input.persona === undefined ? all : [await deps.personas.find(input.persona)];
    const files = new Set(personas.map(({ path }) => path));
    const known = await deps.personas.problems();
    const relevant = known.filter(({ path }) => input.persona === undefined || files.has(path));
    const checked = await Promise.all(
      personas.map(async (persona) => {
        const tokens = await countTokens(persona.body);
        return { persona, tokens, problems: [...tooLong(persona, tokens), ...(await notRun(persona))] };
      }),
    );
    const problems = [...relevant, ...checked.flatMap((one) => one.problems)];
    problems.sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
    return {
      ok: problems.every(({ severity }) => severity === 'warning'),
      tokenizer: tokenizerName,
      personas: checked.map(({ persona, tokens }) => ({
        name: persona.name,
        path: persona.path,
        size_bytes: persona.sizeBytes,
        size_limit_bytes: deps.maxDocumentBytes,
        tokens,
        token_limit: promptTokenLimit,
        unused_keys: [...persona.unusedKeys],
      })),
      problems: problems.map(problemOf),
    };
  },
});

function tooLong({ path }: Persona, tokens: number): PersonaProblem[] {
  if (tokens <= promptTokenLimit) return [];
  const message = `the instructions have ${tokens} tokens (${tokenizerName}), more than ${promptTokenLimit}; every turn pays for them`;
  return [{ path, line: undefined, severity: 'warning', message }];
}

/** Looked at here and not when a file is read: the names of rules are the engine's. */
async function notRun({ path, checks, checkPlaces }: Persona): Promise<PersonaProblem[]> {
  const unknown = await unknownChecks(checks);
  return unknown.map((one) => ({
    path,
    ...checkPlaces.get(one.check)!,
    severity: 'warning',
    message: `"persona.checks" names ${one.check}, which is not run: ${noSuchRule(one)}`,
  }));
}
