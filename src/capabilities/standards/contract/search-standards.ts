import { z } from 'zod';

export const searchStandardsInput = z.object({
  query: z.string().min(1).max(1_000).describe('A question or words: "how do I report errors".'),
  n_results: z.int().min(1).max(20).default(5).describe('At most this many.'),
});

export const searchStandardsOutput = z.object({
  results: z
    .array(
      z.object({
        file: z.string().describe('Path under the project.'),
        section: z.string().describe('Heading of the section.'),
        line: z.int().min(1).describe('Line where the section begins.'),
        content: z.string().describe('Text of the section.'),
        relevance: z.number().min(0).max(1).describe('1 is the best match of this search.'),
        citation: z.string().describe('Line to cite it by.'),
      }),
    )
    .describe('Best first.'),
  searched: z.int().min(0).describe('Standards looked through.'),
  method: z.literal('keyword').describe('How it was searched.'),
  message: z.string().describe('What was found, in words.'),
});
