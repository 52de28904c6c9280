import { z } from 'zod';
import { setting } from '../setting.ts';

export const searchSettings = z.object({
  store: setting(
    z.enum(['sqlite', 'lancedb']).default('sqlite'),
    'What keeps the index of the standards; lancedb needs its package, @lancedb/lancedb.',
    { trust: 'user' },
  ),
  cacheMs: setting(
    z.int().min(0).max(3_600_000).default(300_000),
    'How long the same question gets the same answer while nothing changes, in milliseconds.',
  ),
  waitForModelMs: setting(
    z.int().min(0).max(60_000).default(400),
    "Longest wait for the question's vector, in milliseconds; then the answer goes by words alone and says so.",
  ),
  rescanMs: setting(
    z.int().min(500).max(600_000).default(5_000),
    'How often the standards folders are looked through for changes that no event told of, in milliseconds.',
  ),
});
