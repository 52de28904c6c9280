import { z } from 'zod';
import { setting } from '../setting.ts';

export const approvalsSettings = z.object({
  maxWaiting: setting(
    z.int().min(0).max(10_000).default(200),
    'Requests in the inbox that may wait for a person; 0 for no limit.',
  ),
  maxRevisions: setting(
    z.int().min(1).max(100).default(5),
    'Revisions of one proposal that personas and tools may make; those of people are not counted.',
  ),
  maxTextBytes: setting(
    z.int().min(1_000).max(1_000_000).default(50_000),
    'Largest text of a proposed standard, in bytes.',
  ),
  elicitationClients: setting(
    z
      .array(z.string().min(1).max(200))
      .max(50)
      .default(['Visual Studio Code', 'Visual Studio Code - Insiders', 'cursor-vscode']),
    'MCP clients, by the name they give of themselves, that show a question to a person and so may bring an approval; no other client is asked.',
    { trust: 'user' },
  ),
  elicitationTimeoutMs: setting(
    z.int().min(1_000).max(600_000).default(50_000),
    'How long a tool call waits for the person who is asked, in milliseconds; then the request waits in the inbox.',
  ),
});
