import { z } from 'zod';

export const indexStandardsInput = z.object({});

export const indexStandardsOutput = z.object({
  standards: z.int().min(0).describe('Standards in the index, of all layers.'),
  sections: z.int().min(0).describe('Parts they are searched by.'),
  embedded: z.int().min(0).describe('Texts with a vector.'),
  waiting: z.int().min(0).describe('Texts still without one.'),
  model: z.string().nullable().describe('Model of the vectors; null when embeddings are off.'),
  store: z
    .enum(['sqlite', 'lancedb', 'memory'])
    .describe('What keeps it; memory while the file cannot be used.'),
  size_bytes: z.int().min(0).describe('On disk.'),
  words_ready_ms: z.int().min(0).describe('Until it could be searched by words, milliseconds.'),
  skipped: z
    .array(
      z.object({
        file: z.string().describe('File that cannot be used as a standard.'),
        reason: z.string().describe('Why.'),
      }),
    )
    .describe('Files left out.'),
  message: z.string().describe('The same in words, and what is wrong with the index, if anything.'),
});
