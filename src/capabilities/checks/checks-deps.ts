import type { ProjectFiles } from '../../platform/files/index.ts';
import type { CheckReport, CheckRequest } from '../analyzers/index.ts';
import type { StandardsLibrary, StandardsSearch } from '../standards/index.ts';
import type { Judge } from './judge/judge.ts';

/** What checking needs. */
export interface ChecksDeps {
  checks: {
    library: StandardsLibrary;
    files: ProjectFiles;
    /** Ranks the standards that only a reader can check. */
    search: StandardsSearch;
    /** Reads what no rule can check; left out where nobody can. */
    judge?: Judge | undefined;
    /** Loads the analyzers at the first call. */
    runChecks(request: CheckRequest): Promise<CheckReport>;
    /** Whether a file is code by its name, in any language, whether rules can read it or not. */
    isCode(file: string): Promise<boolean>;
    /** Masks secrets in a text. */
    redact(text: string): Promise<{ text: string }>;
    settings: ChecksSettings;
  };
}

export interface ChecksSettings {
  /** How long an own rule may take in one file. */
  ruleTimeoutMs: number;
  /** How long an answer waits for the persona that reads the rest. */
  judgeWaitMs: number;
  /** Standards one persona job reads. */
  maxJudged: number;
  /** Largest diff that is read. */
  maxDiffBytes: number;
  /** Longest time of one call of git. */
  gitTimeoutMs: number;
  /** Largest file that is read. */
  maxFileBytes: number;
}

/** What running rules over files needs. */
export interface RuleRunning extends Pick<ChecksDeps['checks'], 'files' | 'runChecks' | 'isCode'> {
  settings: Pick<ChecksDeps['checks']['settings'], 'ruleTimeoutMs'>;
}
