import { z } from 'zod';
import { setting } from '../setting.ts';

export const personasSettings = z.object({
  enabled: setting(
    z.boolean().default(true),
    'Whether personas are offered at all; standards stay usable without them.',
  ),
  disabled: setting(
    z.array(z.string().min(1).max(100)).max(500).default([]),
    'Names of personas that are not offered.',
  ),
  profile: setting(
    z.enum(['all', 'core']).default('all'),
    'Which personas are offered: all, or the core ones only.',
  ),
  maxDocumentBytes: setting(
    z.int().min(1_000).max(1_000_000).default(50_000),
    'Largest persona file, in bytes.',
  ),
  maxFiles: setting(z.int().min(1).max(10_000).default(500), 'Most persona files in one folder.'),
});
