import { z } from 'zod';
import { setting } from '../setting.ts';

export const mcpSettings = z.object({
  profile: setting(
    z.enum(['full', 'compact']).default('full'),
    'MCP tools: full has one for each persona; compact has invoke_persona and the few that it needs.',
  ),
});

export const loggingSettings = z.object({
  level: setting(
    z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    'Least severe entries that are written to standard error.',
  ),
});

export const telemetrySettings = z.object({
  enabled: setting(
    z.boolean().default(false),
    'Whether traces go to the OpenTelemetry API of this process; the exporter is configured by its own variables.',
    { trust: 'user' },
  ),
});
