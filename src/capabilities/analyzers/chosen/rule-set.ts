import type { IdleComment } from '../contract/index.ts';
import type { Evidence, Severity, Suppression } from '../evidence.ts';

/** A rule that somebody wrote for their project, as data. */
export interface OwnRule {
  /** Kebab-case, unique in its set. */
  id: string;
  /** Such as `typescript`, `javascript`, `python`, `go`, `java`. */
  language: string;
  severity: Severity;
  /** What a finding says. */
  message: string;
  /** An ast-grep rule object. */
  rule: Readonly<Record<string, unknown>>;
  constraints?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  utils?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Where it stands in its file, from 1. */
  line?: number;
}

/** A shipped rule: by its id, or as `<trade>/<name>` in every language that has it. */
export interface ShippedRule {
  uses: string;
  line?: number;
}

/** Rules that belong together, such as those of one standard, and the files they are for. */
export interface RuleSet {
  /** Unique; own rules are named `<set>/<rule>` in findings and in comments that leave one out. */
  id: string;
  /** Globs; none means every file. */
  appliesTo: readonly string[];
  rules: readonly (ShippedRule | OwnRule)[];
}

/** Why a rule did not run, or ran only in part. */
export interface RuleProblem {
  set: string;
  /** The rule's id, or what it uses. */
  rule: string;
  /** A code of `analyzers`. */
  code: string;
  message: string;
  /** The rule's place in its file, where it is known. */
  line?: number;
}

/** What to check, and by which rules. */
export interface CheckRequest {
  /** Absolute path of the folder the files are relative to. */
  root: string;
  /** Relative to the root, forward slashes. */
  files: readonly string[];
  sets: readonly RuleSet[];
  /** Texts to check in place of what lies on disk, by file. */
  texts?: ReadonlyMap<string, string>;
  /** Whether these are all files of the project: rules that look across files need them. */
  wholeProject: boolean;
  /** How long a rule may take in one file, milliseconds. Default 5,000. */
  ruleTimeoutMs?: number;
  signal?: AbortSignal;
  onProgress?: (progress: { filesDone: number; filesTotal: number; file: string }) => void;
}

/** A place that departs from a rule of a set. */
export interface RuleFinding extends Omit<Evidence, 'trade'> {
  set: string;
}

export interface CheckReport {
  /** By file, then line. */
  findings: RuleFinding[];
  /** What a comment in the code asked to leave out. */
  suppressed: (Suppression & { set: string })[];
  /** Comments that ask for it and leave nothing out, as far as the rules of the sets can tell. */
  idleComments: IdleComment[];
  /** Files that were not read, with the reason. */
  skipped: { file: string; reason: string }[];
  /** Files of the sets with syntax that the parser does not know, from its first line on. */
  readInPart: { file: string; line: number }[];
  /** Rules that did not run, or stopped. */
  problems: RuleProblem[];
  /** For each set, how many files at least one of its rules looked at. */
  filesChecked: ReadonlyMap<string, number>;
}
