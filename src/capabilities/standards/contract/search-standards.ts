import { z } from 'zod';

const layers = ['project', 'language', 'universal'] as const;
const approvals = ['approved', 'unapproved', 'changed', 'shipped'] as const;

export const searchStandardsInput = z.object({
  query: z
    .string()
    .min(1, { abort: true })
    .max(1_000)
    .refine((text) => /[\p{L}\p{N}]/u.test(text), 'it holds no word to search for')
    .describe('A question or words: "how do I report errors".'),
  n_results: z.int().min(1).max(20).default(5).describe('At most this many.'),
  domain: z.string().max(80).optional().describe('Only this domain.'),
  tags: z.array(z.string().max(80)).max(20).optional().describe('Only with one of these tags.'),
  path: z.string().max(1_000).optional().describe('File you work on; ranks what is made for it higher.'),
  layer: z.enum(layers).optional().describe('Only this layer.'),
});

export const searchStandardsOutput = z.object({
  results: z
    .array(
      z.object({
        id: z
          .string()
          .describe('domain/topic; troupe:domain/topic for a shipped one beside an unapproved project one.'),
        file: z.string().describe('Path, or troupe:id.'),
        section: z.string().describe('Headings.'),
        line: z.int().min(1).describe('Where it begins.'),
        content: z.string().describe('Text.'),
        layer: z.enum(layers).describe('Whose it is.'),
        approval: z.enum(approvals).describe('By a person.'),
        relevance: z.number().min(0).max(1).describe('0 to 1.'),
        reason: z.string().describe('Why found.'),
        citation: z.string().describe('Line to cite it by.'),
      }),
    )
    .describe('Best first.'),
  searched: z.int().min(0).describe('Standards looked through.'),
  method: z.enum(['hybrid', 'keyword']).describe('By words and meaning, or words.'),
  bytes_returned: z.int().min(0).describe('Of contents.'),
  bytes_of_all: z.int().min(0).describe('Of all standards.'),
  message: z.string().describe('What was found, in words.'),
});
