import type { ExportTarget } from '../contract/index.ts';
import { agentsMd } from './agents-md.ts';
import { claude } from './claude.ts';
import { copilot } from './copilot.ts';
import { cursor } from './cursor.ts';
import type { ExportFormat } from './export-format.ts';

/** Every format there is. */
export const formats: Readonly<Record<ExportTarget, ExportFormat>> = {
  cursor,
  claude,
  copilot,
  'agents-md': agentsMd,
};
