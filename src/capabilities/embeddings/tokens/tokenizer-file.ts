import { z } from 'zod';
import { openWordPieces, type WordPieces } from './word-pieces.ts';

const wordPieceFile = z.object({
  model: z.object({ type: z.literal('WordPiece').optional(), vocab: z.record(z.string(), z.int().min(0)) }),
  normalizer: z.object({ type: z.literal('BertNormalizer'), lowercase: z.boolean().default(true) }),
});

/**
 * Reads a publisher's `tokenizer.json`, or a `vocab.txt` of a model without capitals; `undefined` when it is not of the
 * BERT kind, which is the only one understood.
 */
export function readTokenizer(file: string, text: string): WordPieces | undefined {
  const { tokens, lowercase } = file.endsWith('.txt')
    ? { tokens: text.split(/\r?\n/), lowercase: true }
    : tokensOf(text);
  if (!['[UNK]', '[CLS]', '[SEP]'].every((mark) => tokens.includes(mark))) return undefined;
  return openWordPieces(tokens, { lowercase });
}

function tokensOf(text: string): { tokens: string[]; lowercase: boolean } {
  const tokens: string[] = [];
  const read = wordPieceFile.safeParse(parsed(text));
  if (!read.success) return { tokens, lowercase: true };
  for (const [token, number] of Object.entries(read.data.model.vocab)) tokens[number] = token;
  return { tokens, lowercase: read.data.normalizer.lowercase };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
