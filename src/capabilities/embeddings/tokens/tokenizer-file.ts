import { z } from 'zod';
import { openWordPieces, type WordPieces } from './word-pieces.ts';

const wordPieceFile = z.object({
  model: z.object({ type: z.literal('WordPiece').optional(), vocab: z.record(z.string(), z.int().min(0)) }),
  normalizer: z.object({ type: z.literal('BertNormalizer'), lowercase: z.boolean().default(true) }),
});

/**
 * Reads a publisher's `tokenizer.json`; `undefined` when it is not of the BERT kind, which is the only one understood.
 */
export function readTokenizer(text: string): WordPieces | undefined {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  const read = wordPieceFile.safeParse(content);
  if (!read.success) return undefined;
  const tokens: string[] = [];
  for (const [token, number] of Object.entries(read.data.model.vocab)) tokens[number] = token;
  if (!['[UNK]', '[CLS]', '[SEP]'].every((mark) => tokens.includes(mark))) return undefined;
  return openWordPieces(tokens, { lowercase: read.data.normalizer.lowercase });
}
