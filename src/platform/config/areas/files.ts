import { z } from 'zod';
import { setting } from '../setting.ts';

export const filesSettings = z.object({
  maxFileBytes: setting(
    z.int().min(1_000).max(50_000_000).default(1_000_000),
    'Largest file that is read, in bytes; larger ones are left out and named.',
  ),
  maxFiles: setting(z.int().min(1).max(1_000_000).default(50_000), 'Most files in one listing or search.'),
  maxPatternMs: setting(
    z.int().min(10).max(10_000).default(500),
    'Longest time a search pattern may work on one piece of text, in milliseconds.',
  ),
  maxSearchMs: setting(
    z.int().min(100).max(600_000).default(10_000),
    'Longest time of one search, in milliseconds; then it answers with what it has.',
  ),
});

export const gitSettings = z.object({
  timeoutMs: setting(
    z.int().min(100).max(600_000).default(30_000),
    'Longest time of one git call, in milliseconds.',
  ),
});
