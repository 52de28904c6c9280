/** A standard as clients are shown it in a list. */
export interface ListedStandard {
  /** `domain/topic`. */
  id: string;
  title: string;
  /** The rule in a sentence or two; empty when it says none. */
  rule: string;
}

/** The standards that a client is offered before it has asked for any. */
export interface StandardSource {
  /** Those of the project that a person approved as they are now, by id. Takes up no work and makes nothing. */
  list(): Promise<readonly ListedStandard[]>;
}
