import { z } from 'zod';
import { severities } from '../evidence.ts';

/** An ast-grep rule object, or a bare pattern. Its inside is checked by compiling it. */
const syntaxRule = z.record(z.string(), z.unknown());
const patternOrRule = z.union([z.string().min(1), syntaxRule]);

const metavariable = z
  .string()
  .regex(/^\$(\$\$)?[A-Z_][A-Z0-9_]*$/, 'must be a metavariable such as $QUERY or $$$ARGS');

const nature = z.enum(['dynamic', 'literal', 'input', 'request']);

/** One condition on a match; all of its keys must hold. `README.md` beside the packs explains each. */
const simpleFilterSchema = z
  .strictObject({
    of: metavariable.optional(),
    is: nature.optional(),
    'is-not': nature.optional(),
    leads: z.enum(['input', 'request']).optional(),
    'sanitized-by': z.array(z.string()).optional(),
    direct: z.literal(true).optional(),
    'own-text': z.literal('sql').optional(),
    value: z.string().optional(),
    'value-not': z.string().optional(),
    text: z.string().optional(),
    'text-not': z.string().optional(),
    from: patternOrRule.optional(),
    'from-not': patternOrRule.optional(),
    'function-has': patternOrRule.optional(),
    'function-lacks': patternOrRule.optional(),
    'file-has': patternOrRule.optional(),
    'file-lacks': patternOrRule.optional(),
  })
  .refine(
    (f) => Object.keys(f).some((k) => !['of', 'sanitized-by', 'direct', 'own-text'].includes(k)),
    'says nothing about the match',
  );

/** Several alternatives, each a list of conditions that hold together. */
const eitherSchema = z.strictObject({ either: z.array(z.array(simpleFilterSchema).min(1)).min(2) });

export const ruleSchema = z.strictObject({
  id: z.string().regex(/^[a-z]+\/[a-z]+\/[a-z0-9-]+$/, 'must be <trade>/<family>/<name>'),
  severity: z.enum(severities),
  title: z.string().min(5).max(60),
  why: z.string().min(20).max(400),
  remedy: z.string().min(10).max(400),
  reference: z.string().max(60).optional(),
  rule: syntaxRule,
  constraints: z.record(z.string(), syntaxRule).optional(),
  utils: z.record(z.string(), syntaxRule).optional(),
  where: z.array(z.union([eitherSchema, simpleFilterSchema])).optional(),
  at: metavariable.optional(),
  'at-text': z.string().optional(),
  once: z.literal('file').optional(),
  files: z
    .strictObject({
      include: z.array(z.string()).optional(),
      exclude: z.array(z.string()).optional(),
      tests: z.enum(['only', 'include', 'exclude']).optional(),
    })
    .optional(),
  cases: z.strictObject({
    fires: z.array(z.string()).min(1),
    /** The code that fires as the remedy has it, to be copied; the first clean case where left out. */
    model: z.string().optional(),
    clean: z.array(z.string()).min(1),
  }),
});

export const packSchema = z.strictObject({ rules: z.array(ruleSchema) });

/** A rule as its pack has it, with the line it begins at. */
export type RuleText = z.infer<typeof ruleSchema> & { line: number };
export type Filter = z.infer<typeof simpleFilterSchema>;
export type Either = z.infer<typeof eitherSchema>;
