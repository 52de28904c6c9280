import { v7 as uuidV7 } from 'uuid';

/** Makes identifiers; tests inject their own. */
export interface IdSource {
  /** A new identifier: UUID version 7, so ids sort as text by the time they were made. */
  next(): string;
}

/** Each id of this process sorts after those it made before, also when the machine's clock was set back. */
export const systemIds: IdSource = { next: () => uuidV7() };

/** The lowest id that can be made at a time (milliseconds since 1970): ids from it on were made then or later. */
export function firstIdAt(ms: number): string {
  const hex = Math.max(0, Math.floor(ms)).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
