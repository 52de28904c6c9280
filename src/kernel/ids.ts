import { v7 as uuidV7 } from 'uuid';

/** Makes identifiers; tests inject a counter. */
export interface IdSource {
  /** A new identifier: UUID version 7, so ids sort by the time they were made. */
  next(): string;
}

export const systemIds: IdSource = { next: () => uuidV7() };
