import { z } from 'zod';
import { setting } from '../setting.ts';

export const checksSettings = z.object({
  ruleTimeoutMs: setting(
    z.int().min(100).max(600_000).default(5_000),
    "How long a standard's own rule may take in one file before it is stopped and named, in milliseconds.",
  ),
  judgeWaitMs: setting(
    z.int().min(0).max(3_600_000).default(30_000),
    'How long a check waits for the persona that reads what no rule can check, in milliseconds; then it gives the job id.',
  ),
  persona: setting(
    z.string().min(1).max(64).default('architect'),
    'Persona that reads what no rule can check, where a language model is configured.',
  ),
  maxJudged: setting(
    z.int().min(1).max(50).default(8),
    'Standards without a rule that one persona job reads; the nearest to the changes come first.',
    { trust: 'tighten' },
  ),
  maxDiffBytes: setting(
    z.int().min(10_000).max(1_000_000_000).default(50_000_000),
    'Largest diff of git that a check reads, in bytes; files beyond it are named.',
  ),
});
