/** A manifest and the names of the files beside it. */
export interface Manifest {
  /** Relative, forward slashes. */
  path: string;
  text: string;
  neighbours: ReadonlySet<string>;
}
