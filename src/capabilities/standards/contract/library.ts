import { z } from 'zod';

const id = z
  .string()
  .describe('Id: domain/topic; troupe:domain/topic for a shipped one beside an unapproved project one.');
const file = z.string().describe('File under the project, or troupe:… for a shipped one.');
const layer = z.enum(['project', 'language', 'universal']);
const day = z.string().nullable();

/** A word that names a standard. */
export const standardName = z
  .string()
  .min(1)
  .max(4_000)
  .describe('Id (architecture/error-responses), topic or file, 1 to 4000 characters.');

export const standardSummary = z.object({
  id,
  file,
  layer: layer.describe(
    'Where it comes from; an approved, active project standard hides a shipped one of its id.',
  ),
  approval: z
    .enum(['approved', 'unapproved', 'changed', 'shipped'])
    .describe('Whether a person approved exactly this text; changed: an earlier one.'),
  status: z
    .enum(['active', 'retired'])
    .describe(
      'A retired standard is still found, last, and not checked; with approval "changed", nobody here confirmed it.',
    ),
  title: z.string().describe('Its title.'),
  rule: z.string().describe('The rule in a sentence or two; empty when it says none.'),
  tags: z.array(z.string()).describe('Tags.'),
  created_by: z.string().nullable().describe('Persona or person, as the text says.'),
  times_found: z.int().min(0).describe('Searches that returned it, within standards.uses_days.'),
  last_found_at: day.describe('When the last of them was, ISO 8601; null: never.'),
});

export const listStandardsInput = z.object({
  domain: z.string().min(1).max(80).optional().describe('Only this domain, 1 to 80 characters.'),
  layer: layer.optional().describe('Only this layer.'),
});

export const unusableFile = z.object({
  file,
  reason: z.string().describe('Why it cannot be used.'),
});

export const listStandardsOutput = z.object({
  standards: z.array(standardSummary).describe('By id; bounded by standards.max_files.'),
  unusable: z.array(unusableFile).describe('Files that cannot be used as standards.'),
});

export const anchorState = z.object({
  file: z.string().describe('File under the project.'),
  line: z.int().min(1).describe('Line that the standard names.'),
  quote: z.string().nullable().describe('What stood there.'),
  state: z.enum(['there', 'moved', 'gone', 'file-gone', 'unreadable']).describe('Whether it is still there.'),
  line_now: z.int().min(1).nullable().describe('Line where it stands now; null when nowhere.'),
});

export const standardProblem = z.object({
  file,
  line: z.int().min(1).nullable().describe('Line in the file, from 1; null: the whole file.'),
  severity: z.enum(['error', 'warning']).describe('An error makes lint fail.'),
  message: z.string().describe('What is wrong, and what to do.'),
});

export const showStandardInput = z.object({ standard: standardName });

export const showStandardOutput = standardSummary.extend({
  text: z.string().describe('The file as it is now.'),
  content_hash: z.string().describe('SHA-256 of what approval is about, 64 hex digits.'),
  size_bytes: z.int().min(0).describe('Size of the file, bytes.'),
  applies_to: z
    .array(z.string())
    .describe('Globs of the files it is for, with a ! before those it is not for; empty: all.'),
  checks: z.int().min(0).describe('Machine-checkable rules it has.'),
  retired_because: z.string().nullable().describe('Why it was retired.'),
  replaced_by: z.string().nullable().describe('Id of the standard in its place.'),
  evidence: z.array(anchorState).describe('Places it was derived from, as they are now.'),
  front_matter: z.record(z.string(), z.unknown()).describe('The whole front matter as data.'),
  problems: z.array(standardProblem).describe('What lint says of it.'),
});

export const lintStandardsInput = z.object({
  standard: standardName
    .optional()
    .describe("Only this one, by id, topic or file; the project's own when left out."),
});

export const lintStandardsOutput = z.object({
  ok: z.boolean().describe('True when there is no error.'),
  checked: z.int().min(0).describe('Standards that were read.'),
  problems: z.array(standardProblem).describe('By file and line.'),
});

export const retireStandardInput = z.object({
  standard: standardName,
  because: z
    .string()
    .max(2_000)
    .optional()
    .describe('Why, 1 to 2000 characters; needed, and kept in the file.'),
  replaced_by: z
    .string()
    .min(1)
    .max(4_000)
    .optional()
    .describe('The standard in its place, by id, topic or file.'),
});

export const retireStandardOutput = z.object({
  id,
  file,
  replaced_by: z.string().nullable().describe('Id of the standard in its place.'),
  message: z.string().describe('What that means, in words.'),
});

export const templateInput = z.object({
  domain: z.string().min(1).max(300).default('architecture').describe('Folder, kebab-case.'),
  topic: z
    .string()
    .min(1)
    .max(300)
    .optional()
    .describe('Name of the file without .md, kebab-case; from the title when left out.'),
  title: z.string().min(1).max(200).optional().describe('Title; the topic in words when left out.'),
});

export const templateOutput = z.object({
  file: z.string().describe('Where the standard belongs.'),
  text: z.string().describe('The template, filled in as far as it can be.'),
});

export type ListedStandards = z.output<typeof listStandardsOutput>;
export type ShownStandard = z.output<typeof showStandardOutput>;
export type StandardsLint = z.output<typeof lintStandardsOutput>;
