import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CliHost, GlobalOptions } from '../cli-host.ts';
import { adoptStandards } from './adopt-standards.ts';
import { approveRequest } from './approve-request.ts';
import { editRequest } from './edit-request.ts';
import { reviseRequest } from './revise-request.ts';
import { showRequest } from './show-request.ts';

/** Runs a command that talks to a person; resolves to the exit code. */
export type PersonCommand<Deps> = (
  host: CliHost<Deps>,
  input: Record<string, unknown>,
  options: GlobalOptions,
) => Promise<number>;

/**
 * The commands of the inbox that show, ask or open an editor before their operation is called. Without a terminal each
 * calls its operation at once, which says that a person is needed.
 */
export function personCommand<Deps>(operation: string): PersonCommand<Deps> | undefined {
  switch (operation) {
    case 'inbox.show':
      return showRequest;
    case 'inbox.approve':
      return approveRequest;
    case 'inbox.edit':
      return editRequest;
    case 'inbox.revise':
      return reviseRequest;
    case 'proposals.adopt':
      return adoptStandards;
    default:
      return undefined;
  }
}

/** A file that a person names is meant from where they stand; what is not there, the operation looks for from the root. */
export function fromHere(cwd: string, operation: string, input: Record<string, unknown>) {
  const { file } = input;
  if (operation !== 'proposals.propose' || typeof file !== 'string') return input;
  const here = resolve(cwd, file);
  return existsSync(here) ? { ...input, file: here } : input;
}
