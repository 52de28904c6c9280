import type { Evidence, Family, Severity, Suppression, Trade } from '../evidence.ts';
import type { ErrorOnTheWire } from '../../../kernel/index.ts';
import type { FileFacts } from '../structure/file-facts.ts';

/** What the main thread asks for: analyse these files in order. */
export interface AnalysisJob {
  root: string;
  files: readonly string[];
  trades: readonly Trade[];
}

/** What became of one file. */
export interface FileResult {
  file: string;
  evidence: Evidence[];
  suppressed: Suppression[];
  /** Why the file was not analysed; absent when it was. */
  skipped?: string;
  /** Rules whose words occur in the file, so that they were run on its tree. */
  ranRules: string[];
  facts?: FileFacts;
}

export interface AppliedRules {
  trade: Trade;
  family: Family;
  rules: number;
  /** How bad each rule's weakness is, by the rule's id. */
  severities: Readonly<Record<string, Severity>>;
}

export type ThreadMessage =
  | { type: 'ready'; applied: AppliedRules[] }
  | { type: 'file'; result: FileResult }
  | { type: 'done' }
  | { type: 'failed'; error: ErrorOnTheWire };
