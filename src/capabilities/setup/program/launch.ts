/** How the server is started by a program that knows nothing of a shell: absolute paths. */
export interface Launch {
  /** A Node of at least version 24. */
  command: string;
  /** The script that Node runs. */
  entry: string;
  /** Why one of the paths may not last, in words for people. */
  warnings: readonly string[];
}
