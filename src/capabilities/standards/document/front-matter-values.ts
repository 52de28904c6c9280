import { z } from 'zod';
import { compileGlob } from '../../../platform/files/index.ts';
import { isAppError } from '../../../kernel/index.ts';
import { nameProblem } from './standard-name.ts';

const name = z.string().superRefine((value, context) => {
  const reason = nameProblem(value);
  if (reason !== undefined) context.addIssue({ code: 'custom', message: reason });
});

const glob = z
  .string()
  .min(1)
  .superRefine((value, context) => {
    try {
      // With a ! before it, it says what the standard is not for.
      compileGlob(value.replace(/^!/, ''));
    } catch (error) {
      context.addIssue({ code: 'custom', message: isAppError(error) ? error.message : String(error) });
    }
  });

/** A YAML date written without quotes stays text here; a year alone is a number. */
const moment = z.union([z.string().max(100), z.int().transform(String)]);
const line = z.string().min(1).max(1_000);
const data = z.record(z.string(), z.unknown());

// A key that nobody reads would be a rule that its author believes in and that never holds.
const ownCheck = z.strictObject({
  id: name,
  language: z.string().min(1).max(100),
  severity: z.enum(['critical', 'high', 'medium', 'low']),
  message: z.string().min(1).max(500),
  rule: data,
  constraints: data.optional(),
  utils: data.optional(),
  reference: z.string().min(1).max(500).optional(),
});

const check = z.union([z.strictObject({ uses: z.string().min(1).max(200) }), ownCheck], {
  error:
    'it must be { uses: … }, or have id, language, severity (critical, high, medium, low), message, rule and at most constraints, utils and reference',
});

const evidence = z.strictObject({
  file: line,
  line: z.int().min(1),
  quote: z.string().max(2_000).optional(),
});

/** What each key of the front matter holds. A key that is wrong is left out alone; `null` counts as not written. */
export const frontMatterValues = {
  domain: name,
  topic: name,
  created_by: z.string().min(1).max(200),
  approved_by: z.string().min(1).max(500),
  created_at: moment,
  last_updated: moment,
  approved_at: moment,
  approved_hash: z.string().regex(/^[0-9a-f]{64}$/, 'it must be 64 hex digits'),
  tags: z.array(name).max(20),
  applies_to: z.array(glob).max(50),
  questions: z.array(line).max(50),
  check: z.array(check).max(50),
  evidence: z.array(evidence).max(200),
  status: z.enum(['active', 'retired']),
  retired_because: z.string().min(1).max(2_000),
  replaced_by: z
    .string()
    .regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'it must be the id of a standard, such as testing/waiting'),
  layer: z.literal('language'),
} as const;

export type FrontMatterKey = keyof typeof frontMatterValues;
export type FrontMatterValuesRead = { [K in FrontMatterKey]?: z.output<(typeof frontMatterValues)[K]> };

/** A key's value that could not be used. `path` begins with the key. */
export interface ValueProblem {
  path: PropertyKey[];
  message: string;
}

/** Reads the keys Troupe knows; what is wrong is reported and left out, the others stay. */
export function readFrontMatterValues(frontMatter: Readonly<Record<string, unknown>>): {
  values: FrontMatterValuesRead;
  problems: ValueProblem[];
  unknownKeys: string[];
} {
  const values: Record<string, unknown> = {};
  const problems: ValueProblem[] = [];
  const unknownKeys: string[] = [];
  for (const [key, value] of Object.entries(frontMatter)) {
    if (!Object.hasOwn(frontMatterValues, key)) unknownKeys.push(key);
    else if (value !== null) {
      const read = frontMatterValues[key as FrontMatterKey].safeParse(value);
      if (read.success) values[key] = read.data;
      for (const issue of read.error?.issues ?? []) {
        problems.push({
          path: [key, ...issue.path],
          message: `"${[key, ...issue.path].join('.')}": ${issue.message}`,
        });
      }
    }
  }
  return { values: values, problems, unknownKeys };
}
