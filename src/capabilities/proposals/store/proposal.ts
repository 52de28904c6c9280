/** A standard on its way. Its state is that of its request in the inbox. Times are milliseconds since 1970. */
export interface Proposal {
  id: string;
  project: string;
  /** Its request in the inbox, which holds state, number and revision. */
  requestId: string;
  /** Persona or person that proposed it, as told. */
  createdBy: string;
  /** Who approved it, as a tool's input claimed; approves nothing. */
  claimedApprover: string | null;
  /** The job it came from. */
  fromJob: string | null;
  createdAt: number;
}

/** A standard that is near to a proposal. */
export interface NearDuplicate {
  /** `domain/topic`; `troupe:domain/topic` for the shipped one that the proposal would hide. */
  id: string;
  /** How alike the texts are, 0 to 1. */
  relevance: number;
  /** It ships with Troupe under the proposal's own name, and is hidden once the proposal is approved. */
  isHidden?: true;
}

/** What is known of a draft beside its text. */
export interface DraftFacts {
  /** The shipped one of its name first, then nearest first; `null` when they could not be looked for. */
  duplicates: NearDuplicate[] | null;
  /** Places that its `check:` flagged in the whole project; `null` without one, or when it could not be run. */
  flaggedPlaces: number | null;
}

/** One text of a proposal; never changed, never deleted. */
export interface ProposalRevision extends DraftFacts {
  proposalId: string;
  /** From 1. */
  revision: number;
  /** The whole file as it would be written, without what approval adds. */
  text: string;
  /** SHA-256 of the text, hex; see `hashOfStandard`. */
  textHash: string;
  /** Persona or person that wrote this text. */
  author: string;
  /** A line for the person from whoever proposed it. */
  note: string | null;
  createdAt: number;
}
