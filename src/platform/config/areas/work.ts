import { z } from 'zod';
import { setting } from '../setting.ts';

export const workSettings = z.object({
  maxTurns: setting(
    z.int().min(1).max(200).default(25),
    'Model turns of one job, unless the persona sets max_turns.',
    { trust: 'tighten' },
  ),
  maxOutputTokens: setting(z.int().min(256).max(128_000).default(4_096), 'Most tokens of one model answer.', {
    trust: 'tighten',
  }),
  maxTokensPerJob: setting(
    z.int().min(1_000).max(100_000_000).default(1_000_000),
    'Input and output tokens of all turns of one job; the call that would exceed it is not made.',
    { trust: 'tighten' },
  ),
  maxCostUsdPerJob: setting(
    z.number().min(0).max(10_000).default(5),
    'Spend cap of one job in US dollars; the call that could exceed it, or whose cost is unknown, is not made.',
    { trust: 'tighten' },
  ),
  maxInstructionTokens: setting(
    z.int().min(2_000).max(1_000_000).default(40_000),
    'Tokens of everything a persona is told before its first turn; what does not fit is cut, and the review says so.',
    { trust: 'tighten' },
  ),
  maxToolOutputChars: setting(
    z.int().min(1_000).max(1_000_000).default(30_000),
    'Characters of one tool result given to a model; a longer one is cut, and says so.',
    { trust: 'tighten' },
  ),
  maxProposals: setting(
    z.int().min(0).max(20).default(2),
    'Standards that one job may propose; each waits in the inbox for a person.',
    { trust: 'tighten' },
  ),
  maxRepeats: setting(
    z.int().min(2).max(100).default(5),
    'Same call with the same input in a row after which a job fails: the model goes in circles.',
  ),
});
