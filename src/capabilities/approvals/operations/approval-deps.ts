import { operationsOf } from '../../../kernel/index.ts';
import type { Clock } from '../../../kernel/index.ts';
import type { Approvals } from '../desk/approvals.ts';
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
