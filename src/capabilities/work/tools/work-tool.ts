import type { z } from 'zod';
import type { ProjectFiles } from '../../../platform/files/index.ts';
import type {
  AnalysisReport,
  AnalysisRequest,
  Evidence,
  RuleDescription,
  RuleChoice,
} from '../../analyzers/index.ts';
import type { JobPhase } from '../../jobs/contract/index.ts';
import type { StandardsSearch } from '../../standards/index.ts';
import type { Finding, LeftOut, ProposedStandard } from '../contract/index.ts';
import type { FindingLedger } from '../findings/finding-ledger.ts';
import type { ChangedLines } from '../scope/changed-lines.ts';
import type { Scope } from '../scope/scope-of-task.ts';
import type { PersonaProposals } from '../standards/persona-proposals.ts';
import type { StandardsInUse } from '../standards/standards-in-use.ts';

/** The job that a tool works for. */
export interface JobOfTool {
  id: string;
  persona: string;
  /** Id of the proposal that the job was made to revise. */
  revises: string | null;
  /** Domain of the persona's standards. */
  domain: string | undefined;
  /** Standards that the job has proposed so far. */
  proposed: () => number;
}

/**
 * What a tool may touch: reading inside the project, and this job's ledger. No tool writes to the project or runs
 * anything; `propose_standard` asks a person through the inbox.
 */
export interface ToolContext {
  job: JobOfTool;
  files: ProjectFiles;
  scope: Scope;
  /** Rule packs of the persona; `run_analyzers` runs these unless told otherwise. */
  trades: readonly RuleChoice[];
  /** Only these lines count; `undefined` where all do. */
  changed: ChangedLines | undefined;
  ledger: FindingLedger;
  analyze: (request: AnalysisRequest) => Promise<AnalysisReport>;
  standards: StandardsSearch;
  standardsInUse: StandardsInUse;
  proposals: PersonaProposals;
  describeRule: (rule: string) => Promise<RuleDescription | undefined>;
  /** Masks secrets, each line for itself, so that lines keep their numbers. */
  redact: (text: string) => Promise<{ text: string; redacted: number }>;
  /** Most standards one job may propose. */
  maxProposals: number;
  signal: AbortSignal;
  /** Longest output the model is given, characters. */
  maxOutputChars: number;
  /** Longest time of one git call, milliseconds. */
  gitTimeoutMs: number;
  /** Tells how far a long call is, 0 to 1. */
  progress: (fraction: number, message: string) => void;
}

/** What a call leaves behind. */
export interface ToolOutput {
  /** What the model reads. */
  text: string;
  /** One line for people. */
  summary: string;
  /** What later steps and the review need; stored with the step, so that a resumed job has it too. */
  evidence?: readonly Evidence[];
  finding?: Finding;
  proposal?: ProposedStandard;
  /** Files that were not looked at, with the reason. */
  skipped?: readonly { file: string; reason: string }[];
  /** What was found and a comment in the code leaves out. */
  leftOut?: readonly LeftOut[];
  /** Files that rules ran over, be it the scan for secrets only. */
  filesJudged?: number;
  /** Secrets that the tool itself masked in its text. */
  redacted?: number;
  /** What the review must mention. */
  notes?: readonly string[];
}

/** A tool that a persona can call. */
export interface WorkTool<I extends z.ZodObject = z.ZodObject> {
  name: string;
  /** For the model: what it does, when to use it. */
  description: string;
  input: I;
  phase: JobPhase;
  run(input: z.output<I>, context: ToolContext): Promise<ToolOutput>;
}

export function workTool<I extends z.ZodObject>(tool: WorkTool<I>): WorkTool {
  return tool;
}

/**
 * Text cut to a length, with the cut said in it. Cut behind a whole line, else behind a whole word: half a secret would
 * no longer be recognised as one.
 */
export function cutText(text: string, maxChars: number, remedy: string): string {
  if (text.length <= maxChars) return text;
  const head = text.slice(0, maxChars);
  const atLine = head.lastIndexOf('\n');
  const end = atLine > 0 ? atLine : Math.max(0, head.search(/\S*$/));
  return `${text.slice(0, end)}\n[cut: ${text.length - end} of ${text.length} characters left out. ${remedy}]`;
}
