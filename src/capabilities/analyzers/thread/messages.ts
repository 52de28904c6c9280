import type { RuleProblem, RuleSet } from '../chosen/rule-set.ts';
import type { Evidence, Family, RuleChoice, Severity, Suppression, Trade } from '../evidence.ts';
import type { ErrorOnTheWire } from '../../../kernel/index.ts';
import type { IgnoreComment } from '../rules/suppressions.ts';
import type { FileFacts } from '../structure/file-facts.ts';

/** What the main thread asks for: analyse these files in order. */
export interface AnalysisJob {
  root: string;
  files: readonly string[];
  trades: readonly RuleChoice[];
  /** Only these rules, in place of all rules of the trades. */
  sets?: readonly RuleSet[];
  /** Own rules of the sets, as `<set>/<rule>`, that took too long and are left out. */
  stopped?: readonly string[];
  /** Texts in place of what lies on disk, by file. */
  texts?: ReadonlyMap<string, string>;
}

/** What became of one file. */
export interface FileResult {
  file: string;
  evidence: Evidence[];
  suppressed: Suppression[];
  /** Comments of the file that ask to leave a finding out; absent where there are none. */
  comments?: IgnoreComment[];
  /** Why the file was not analysed; absent when it was. */
  skipped?: string;
  /** First line that the parser cannot read; absent when it reads the file whole. */
  unreadLine?: number;
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

/** What became of the sets' own rules, and what they use that nobody ships. */
export interface AppliedSets {
  /** Own rules that run, by the language they read. */
  own: { rule: string; family: Family }[];
  problems: RuleProblem[];
}

export type ThreadMessage =
  | { type: 'ready'; applied: AppliedRules[]; sets?: AppliedSets }
  /** An own rule is about to run: should nothing more be heard, it is the one that does not end. None: they are done. */
  | { type: 'rule'; rule: string | undefined }
  | { type: 'file'; result: FileResult }
  | { type: 'done' }
  | { type: 'failed'; error: ErrorOnTheWire };
