import { operationsOf } from '../../../kernel/index.ts';
import type { Clock } from '../../../kernel/index.ts';
import type { Approvals } from '../desk/approvals.ts';
import { approvalErrors } from '../errors.ts';
import type { Presence } from '../person.ts';

/** Finds secrets in a text; `line` counts from 1. */
export type SecretScan = (text: string) => Promise<readonly { line: number; kind: string }[]>;

/** What the operations on the inbox need. */
export interface ApprovalDeps {
  inbox: Presence & {
    approvals: Approvals;
    clock: Clock;
    scanForSecrets: SecretScan;
    /** Revisions of one request; a person's own are not counted. */
    maxRevisions: number;
  };
}

export const inboxOperation = operationsOf<ApprovalDeps>();

/** A person's reason, fit to be stored. Errors: `approvals.needs_reason`, `approvals.secret_in_reason`. */
export async function reasonOf(
  because: string | undefined,
  facts: { number: number; act: string },
  scan: SecretScan,
): Promise<string> {
  if (because === undefined || because === '') throw approvalErrors.make('approvals.needs_reason', facts);
  const [secret] = await scan(because);
  if (secret !== undefined) throw approvalErrors.make('approvals.secret_in_reason', { kind: secret.kind });
  return because;
}
