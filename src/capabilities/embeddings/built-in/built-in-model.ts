import { ownFile } from '../../../kernel/index.ts';

/** What the packed files hold; the id names their content, so that new weights mean embedding anew. */
export const builtInModel = {
  id: 'built-in/all-MiniLM-L6-v2@55949741c748/384/mean',
  label: 'built-in all-MiniLM-L6-v2 (17 MB)',
  dimensions: 384,
} as const;

/** The folder of the packed files. */
export const builtInFolder = ownFile(import.meta.url, { source: './model/', built: './embeddings/' });
