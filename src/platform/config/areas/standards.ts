import { z } from 'zod';
import { setting } from '../setting.ts';

export const standardsSettings = z.object({
  maxDocumentBytes: setting(
    z.int().min(1_000).max(1_000_000).default(100_000),
    'Largest standard, in bytes; a larger file is left out and named.',
  ),
  maxFiles: setting(
    z.int().min(1).max(100_000).default(5_000),
    'Most standards in one folder; further files are left out and named.',
  ),
  unusedAfterDays: setting(
    z.int().min(1).max(3_650).default(90),
    'Days without being found by a search after which "troupe standards health" names a standard.',
  ),
  usesDays: setting(
    z.int().min(1).max(3_650).default(365),
    'Days the counts of how often each standard was found are kept.',
  ),
  writeUsesEveryMs: setting(
    z.int().min(100).max(600_000).default(5_000),
    'Longest time such counts wait in memory before they are written, in milliseconds.',
  ),
});
