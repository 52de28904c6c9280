import { z } from 'zod';
import { isPersonaCheck, rulePacks, type PersonaCheck } from './rule-packs.ts';

// Every error text below completes the sentence `"key" must be …`; `read-document.ts` adds key, value and place.

const text = (maxLength: number) => {
  const error = `text of 1 to ${maxLength} characters`;
  return z.string({ error }).trim().min(1, { error }).max(maxLength, { error });
};

const nameList = z
  .union([z.string(), z.array(z.string())], { error: 'a list of names, or names separated by commas' })
  .transform((given) => (typeof given === 'string' ? given.split(',') : given).map((name) => name.trim()))
  .transform((names) => names.filter((name) => name !== ''));

const standardDirectory = z
  .string({ error: 'a folder name in kebab-case, such as architecture' })
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, { error: 'a folder name in kebab-case, such as architecture' });

const priority = z.enum(['core', 'specialist'], { error: 'core or specialist' });

const section = z.looseObject(
  {
    standard_directory: standardDirectory.optional(),
    priority: priority.optional(),
    checks: z
      .array(
        z.custom<PersonaCheck>((given) => typeof given === 'string' && isPersonaCheck(given), {
          error: `one of the rule packs ${rulePacks.join(', ')}, or a rule of one such as data/query-in-loop`,
        }),
        { error: `a list of rule packs, from ${rulePacks.join(', ')}` },
      )
      .optional(),
  },
  { error: 'keys and values, such as "priority: core"' },
);

/** The keys Troupe reads, with their types. Everything else is kept as it is. */
export const frontMatterSchema = z.looseObject({
  name: text(100).optional(),
  display_name: text(200).optional(),
  description: text(1_000)
    .transform((given) => given.replaceAll(/\s+/g, ' '))
    .optional(),
  model: text(200).optional(),
  tools: nameList.optional(),
  disallowed_tools: nameList.optional(),
  max_turns: z
    .int({ error: 'a whole number from 1 to 200' })
    .min(1, { error: 'a whole number from 1 to 200' })
    .max(200, { error: 'a whole number from 1 to 200' })
    .optional(),
  standard_directory: standardDirectory.optional(),
  priority: priority.optional(),
  persona: section.optional(),
});

export type FrontMatterValues = z.output<typeof frontMatterSchema>;
