import { z } from 'zod';
import { setting } from '../setting.ts';

const days = z.number().min(0).max(3_650);

export const databaseSettings = z.object({
  url: setting(
    z.string().min(1).max(2_000).optional(),
    'PostgreSQL connection URL; without it the project has its own SQLite file.',
    { trust: 'user', secret: true },
  ),
  busyTimeoutMs: setting(
    z.int().min(0).max(60_000).default(5_000),
    'How long a busy database is tried again, in milliseconds.',
  ),
  driverWaitMs: setting(
    z.int().min(0).max(1_000).default(50),
    'How long one try may block this process, in milliseconds.',
  ),
  cleanupAtMb: setting(
    z.int().min(1).max(1_000_000).default(100),
    'Size that starts the emergency clean-up, in megabytes.',
  ),
  refuseAtMb: setting(
    z.int().min(1).max(1_000_000).default(1_024),
    'Size from which new jobs are refused, in megabytes.',
  ),
});

export const retentionSettings = z.object({
  completeDays: setting(days.default(7), 'Days a completed job is kept after its end.'),
  failedDays: setting(days.default(30), 'Days a failed job is kept after its end.'),
  cancelledDays: setting(days.default(7), 'Days a cancelled job is kept after its end.'),
  emergencyCompleteDays: setting(days.default(3), 'The same for completed jobs in an emergency clean-up.'),
  emergencyFailedDays: setting(days.default(14), 'The same for failed jobs in an emergency clean-up.'),
  emergencyCancelledDays: setting(days.default(1), 'The same for cancelled jobs in an emergency clean-up.'),
  cleanupHour: setting(z.int().min(0).max(23).default(3), 'Hour of the daily clean-up, local time, 0 to 23.'),
});
