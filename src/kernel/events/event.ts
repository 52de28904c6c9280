/** A fact that happened, as it stands in the outbox. Names are dotted, past tense, capability first. */
export interface NewEvent {
  /** For example `jobs.created`. */
  name: string;
  /** The entity it is about; events of one entity are delivered in order. */
  entityId: string;
  /** JSON-safe facts. No secrets, no file contents. */
  payload: Record<string, unknown>;
}

export interface StoredEvent extends NewEvent {
  /** Place in the outbox, opaque: pass it back to read on from here. */
  position: string;
  /** Milliseconds since 1970. */
  at: number;
}
