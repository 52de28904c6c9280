/** A section of a standard that matches. */
export interface StandardHit {
  /** Project-relative path, forward slashes. */
  file: string;
  section: string;
  /** Line where the section begins, from 1. */
  line: number;
  content: string;
  /** 0 to 1; 1 is the best match of this search. */
  relevance: number;
  /** The line to cite it by. */
  citation: string;
}

/** A standard that could not be searched. */
export interface SkippedStandard {
  /** Project-relative path, forward slashes. */
  file: string;
  reason: string;
}

/** Finds standards. A port: later an index answers; now the files are read. */
export interface StandardsSearch {
  /** Best first, at most `limit`; no match is an empty list. */
  search(
    query: string,
    limit: number,
  ): Promise<{ results: StandardHit[]; searched: number; skipped: SkippedStandard[] }>;
}
