import type { StandardCheckRule, StandardEvidence } from '../../standards/index.ts';

/** What somebody proposes. `text` is the Markdown below the front matter, or the whole file with it. */
export interface ProposalInput {
  domain: string;
  topic: string;
  text: string;
  /** Persona or person. */
  createdBy: string;
  /** A name that a tool's input gave as approver: kept as a claim, approves nothing. */
  claimedApprover?: string | undefined;
  tags?: readonly string[] | undefined;
  appliesTo?: readonly string[] | undefined;
  checks?: readonly StandardCheckRule[] | undefined;
  evidence?: readonly StandardEvidence[] | undefined;
  questions?: readonly string[] | undefined;
  /** The job it came from. */
  fromJob?: string | undefined;
  /** A line for the person, such as how many places its check flags now. */
  note?: string | undefined;
  /** Id of the proposal of which this is the next revision. */
  replacesRevisionOf?: string | undefined;
}

/** Times in the front matter, ISO 8601. */
export interface Stamps {
  createdAt: string;
  lastUpdated: string;
}
