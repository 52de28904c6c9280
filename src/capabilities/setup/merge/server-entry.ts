/** A server to be known to a client, and the file that is to know it. */
export interface ServerEntry {
  /** How people are told of the file. */
  shownPath: string;
  serversKey: string;
  /** Name of the server in the file. */
  name: string;
  /** Fields it must have; others that the file has for it are kept. */
  fields: Record<string, unknown>;
  /** Fields that a new entry gets beside them; the user's to change. */
  initialFields?: Record<string, unknown> | undefined;
}
