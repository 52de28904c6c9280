import type { IdleComment } from './contract/index.ts';

/** How bad a finding is for the people who run the code. */
export type Severity = 'critical' | 'high' | 'medium' | 'low';
/** From the worst to the least. */
export const severities = ['critical', 'high', 'medium', 'low'] as const satisfies readonly Severity[];

/** A persona's field; one folder of rule packs each. */
export type Trade = 'security' | 'engineering' | 'testing' | 'operations' | 'data' | 'architecture';
/** Every trade; the order has no meaning. */
export const trades = [
  'security',
  'engineering',
  'testing',
  'operations',
  'data',
  'architecture',
] as const satisfies readonly Trade[];

/** All rules of a trade, or one rule of it in every language that has it, such as `data/query-in-loop`. */
export type RuleChoice = Trade | `${Trade}/${string}`;

/** A group of languages that share a grammar and a rule pack. */
export type Family = 'typescript' | 'python' | 'go' | 'java';
export const familyNames = ['typescript', 'python', 'go', 'java'] as const satisfies readonly Family[];

/** What a rule says of each place that it reports. */
export interface RuleClaim {
  trade: Trade;
  severity: Severity;
  title: string;
  why: string;
  remedy: string;
  /** An identifier such as `CWE-89`, or the name of a source; never an address. */
  reference?: string;
}

/** One claim about one place in the code, made by a deterministic tool. */
export interface Evidence extends RuleClaim {
  rule: string;
  /** Relative to the request's root, forward slashes. */
  file: string;
  /** First line of the offending expression, 1-based. */
  line: number;
  endLine: number;
  /** 1-based. */
  column: number;
  /** The source lines, trimmed; at most 3 lines and 300 characters; secrets masked. */
  quote: string;
  /** For a rule that compares places: what most of them have, such as `{ error }`. */
  usual?: string;
  analyzer: 'syntax' | 'secrets' | 'structure';
}

/** A finding that a comment in the code asked to leave out, with the reason it gives. */
export interface Suppression {
  file: string;
  /** The line of the finding that was left out, 1-based. */
  line: number;
  rule: string;
  severity: Severity;
  /** What the finding says, and what to do instead. */
  title: string;
  remedy: string;
  /** Its code, as in evidence. */
  quote: string;
  /** The comment's words, and its line. */
  reason: string;
  commentLine: number;
}

/** How far an analysis is; `filesDone` only grows, and `file` is the one just finished. */
export interface AnalysisProgress {
  filesDone: number;
  filesTotal: number;
  file: string;
}

/** What to analyze: files of one folder, by the rules of some trades, or by some rules of them. */
export interface AnalysisRequest {
  /** Absolute path of the folder the files are relative to. */
  root: string;
  /** Relative to the root, forward slashes. */
  files: readonly string[];
  trades: readonly RuleChoice[];
  /** Other files of the project, where `files` are a part of it: what lies there is not missing. */
  otherFiles?: readonly string[];
  /** Texts in place of what lies on disk, by file; such a file need not exist. */
  texts?: ReadonlyMap<string, string>;
  signal?: AbortSignal;
  onProgress?: (progress: AnalysisProgress) => void;
}

/** What was found, and what was not looked at: every file asked for is analyzed, skipped with a reason, or not covered. */
export interface AnalysisReport {
  /** By severity, then file, then line. */
  evidence: Evidence[];
  filesAnalyzed: number;
  /** Files beside those that no pack is for, and where the scan for secrets or the checks of manifests found nothing. */
  filesOnlyScanned: number;
  /** Files that were read and that no pack is for, whether they were scanned or not. */
  withoutPack: string[];
  skipped: { file: string; reason: string }[];
  /** Files with syntax that the parser does not know, from its first line on; rules may miss what stands there. */
  readInPart: { file: string; line: number }[];
  /** Files that no rule pack covers, by extension. */
  notCovered: { family: string; extension: string; files: number }[];
  rulesApplied: { trade: Trade; family: Family | 'any'; rules: number }[];
  /** Topics such as `SQL injection` that were looked at and found in order, the worst first. */
  lookedAt: string[];
  /** Findings that a comment in the code asked to leave out. */
  suppressed: Suppression[];
  /** Comments that ask for it and leave nothing out, as far as the chosen rules can tell. */
  idleComments: IdleComment[];
}

/** A rule in words, for lists. */
export interface RuleSummary extends RuleClaim {
  id: string;
  family: Family | 'any';
  analyzer: Evidence['analyzer'];
}
