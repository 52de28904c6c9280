import { z } from 'zod';
import { setting } from '../setting.ts';

const day = 86_400_000;

export const jobsSettings = z.object({
  workers: setting(
    z.int().min(0).max(64).default(3),
    'Jobs this process runs at once; with 0 an MCP server leaves them to others, while ask and worker run one at a time.',
  ),
  maxRunningPerProject: setting(
    z.int().min(1).max(1_000).default(6),
    'Jobs that run in one project at once, over all processes.',
  ),
  maxWaiting: setting(
    z.int().min(0).max(1_000_000).default(500),
    'Waiting jobs after which new ones are refused; 0 for no limit.',
  ),
  maxCreatedPerMinute: setting(
    z.int().min(0).max(1_000_000).default(60),
    'Jobs one caller may create within 60 seconds; 0 for no limit.',
  ),
  maxContextBytes: setting(
    z.int().min(0).max(10_000_000).default(100_000),
    'Largest context handed over with a job, in bytes; a larger one is refused with both figures.',
  ),
  maxDurationMs: setting(
    z.int().min(1_000).max(day).default(1_800_000),
    'Longest time of one attempt at a job, in milliseconds; then it fails with its partial result.',
  ),
  leaseMs: setting(
    z.int().min(1_000).max(600_000).default(30_000),
    'Time after which a silent worker counts as crashed and its job is taken up by another, in milliseconds.',
  ),
  heartbeatMs: setting(
    z.int().min(100).max(300_000).default(10_000),
    'How often a worker extends its lease, in milliseconds; at most half of the lease.',
  ),
  maxAttempts: setting(
    z.int().min(1).max(20).default(3),
    'Crashed attempts after which a job fails with its partial result.',
  ),
  pollMs: setting(
    z.int().min(10).max(60_000).default(200),
    'How often changes made by other processes are looked for, in milliseconds.',
  ),
  reportEveryMs: setting(
    z.int().min(100).max(60_000).default(5_000),
    'Longest silence between two progress records of a running job, in milliseconds.',
  ),
  shutdownMs: setting(
    z.int().min(0).max(60_000).default(5_000),
    'How long a stopping process waits for its jobs to be handed back, in milliseconds.',
  ),
});
