import type { StandardLayer } from '../document/standard.ts';
import type { SkippedStandard, StandardApproval } from '../library/standards-library.ts';

/** A part of a standard that matches. */
export interface StandardHit {
  /** `architecture/error-responses`. */
  id: string;
  /** As cited: `.agent-os/standards/architecture/error-responses.md`, or `troupe:architecture/error-responses`. */
  file: string;
  /** Path of headings: `Error responses > Pattern`. */
  section: string;
  /** Line where the part begins, from 1. */
  line: number;
  /** Text of the part, the rule in a sentence before it where that fits. */
  content: string;
  layer: StandardLayer;
  approval: StandardApproval;
  tags: readonly string[];
  /** 0 to 1; how well it answers, comparable within one answer. */
  relevance: number;
  /** Why it was found: `words: report, error; meaning 0.71`. */
  reason: string;
  /** The line to cite it by: file, line, section, and whether a person approved it. */
  citation: string;
}

/** What to search, and for what. */
export interface SearchOptions {
  /** Most hits, 1 to 20. */
  limit: number;
  domain?: string | undefined;
  /** Standards that have any of these. */
  tags?: readonly string[] | undefined;
  /** Project-relative file that is worked on: standards made for such files come first, those for others fall out. */
  path?: string | undefined;
  layer?: StandardLayer | undefined;
}

/** What a search found, how, and out of how much; sizes in bytes. */
export interface SearchAnswer {
  /** Best first, at most two parts of one standard; no match is an empty list. */
  results: StandardHit[];
  /** Standards looked through. */
  searched: number;
  /** Parts of standards looked through. */
  sections: number;
  /** `hybrid`: by words and by meaning. */
  method: 'hybrid' | 'keyword';
  /** Why it was not, or not fully, hybrid; `null` when it was. */
  methodNote: string | null;
  /** What is wrong with the index, such as that it was rebuilt or cannot be kept; `null` when nothing is. */
  indexNote: string | null;
  skipped: SkippedStandard[];
  /** The domains there are, in order, where no standard is of the one asked for; left out otherwise. */
  domains?: readonly string[];
  /** Whether the same question was answered before and nothing has changed since. */
  cached: boolean;
  /** Size of all standards looked through, in bytes. */
  bytesOfAll: number;
}

/** Finds standards. Never fails for the state of an index: it says what it had to do without. */
export interface StandardsSearch {
  search(query: string, options: SearchOptions): Promise<SearchAnswer>;
}
