import { z } from 'zod';
import { compileGlob } from '../../../platform/files/index.ts';
import { isAppError, hiddenCharacter, lineProblem } from '../../../kernel/index.ts';
import { nameProblem } from './standard-name.ts';

const name = z.string().superRefine((value, context) => {
  const reason = nameProblem(value);
  if (reason !== undefined) context.addIssue({ code: 'custom', message: reason });
});

/** One line of what a reader sees: escapes of YAML can write anything, and it is shown before a person who decides. */
const line = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .superRefine((value, context) => {
      const problem = lineProblem(value);
      if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
    });

/** Several lines of what a reader sees. */
const lines = (longest: number) =>
  z
    .string()
    .max(longest)
    .superRefine((value, context) => {
      const hidden = hiddenCharacter(value);
      if (hidden !== undefined)
        context.addIssue({ code: 'custom', message: `it holds ${hidden.found}; take it out` });
    });

const glob = line(1_000).superRefine((value, context) => {
  try {
    // With a ! before it, it says what the standard is not for.
    compileGlob(value.replace(/^!/, ''));
  } catch (error) {
    context.addIssue({ code: 'custom', message: isAppError(error) ? error.message : String(error) });
  }
});

/** A YAML date written without quotes stays text here; a year alone is a number. */
const moment = z.union([line(100), z.int().transform(String)]);
const data = z.record(z.string(), z.unknown());

// A key that nobody reads would be a rule that its author believes in and that never holds.
const ownCheck = z.strictObject({
  id: name,
  language: line(100),
  severity: z.enum(['critical', 'high', 'medium', 'low']),
  message: line(500),
  rule: data,
  constraints: data.optional(),
  utils: data.optional(),
  reference: line(500).optional(),
});

const check = z.union([z.strictObject({ uses: line(200) }), ownCheck], {
  error:
    'it must be { uses: … }, or have id, language, severity (critical, high, medium, low), message, rule and at most constraints, utils and reference',
});

const evidence = z.strictObject({
  file: line(1_000),
  line: z.int().min(1),
  quote: lines(2_000).optional(),
});

/** What each key of the front matter holds. A key that is wrong is left out alone; `null` counts as not written. */
export const frontMatterValues = {
  domain: name,
  topic: name,
  created_by: line(200),
  approved_by: z.string().min(1).max(500),
  created_at: moment,
  last_updated: moment,
  approved_at: moment,
  approved_hash: z.string().regex(/^[0-9a-f]{64}$/, 'it must be 64 hex digits'),
  tags: z.array(name).max(20),
  applies_to: z.array(glob).max(50),
  questions: z.array(line(1_000)).max(50),
  check: z.array(check).max(50),
  evidence: z.array(evidence).max(200),
  status: z.enum(['active', 'retired']),
  retired_because: lines(2_000).min(1),
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
