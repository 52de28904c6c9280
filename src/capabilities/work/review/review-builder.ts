import { counted } from '../../../kernel/index.ts';
import type { FileListing } from '../../../platform/files/index.ts';
import type { Job } from '../../jobs/index.ts';
import type { Persona } from '../../personas/index.ts';
import type { OfflineReason, ProposedStandard, ReviewData } from '../contract/index.ts';
import { createFindingLedger, type FindingLedger } from '../findings/finding-ledger.ts';
import type { InstructionStack } from '../instructions/instruction-stack.ts';
import type { ToolRecord } from '../loop/history.ts';
import type { Scope } from '../scope/scope-of-task.ts';

/** Tools whose use means that code was looked at. */
const codeReaders = new Set(['run_analyzers', 'read_file', 'grep_files', 'git_diff', 'report_finding']);

/** Collects a review while the tools run. */
export interface ReviewBuilder {
  readonly ledger: FindingLedger;
  /** Standards proposed so far. */
  readonly proposals: readonly ProposedStandard[];
  /** Takes over what a finished tool call left behind. */
  take(record: ToolRecord): void;
  note(note: string): void;
  /** The review as it is now, with the persona's words so far. */
  data(summary: string, model: string): ReviewData;
}

export function createReviewBuilder(options: {
  job: Job;
  persona: Persona;
  scope: Scope;
  /** Why the offline reviewer answers; `undefined` where a model does. */
  offline: OfflineReason | undefined;
  listing: FileListing;
  instructions: InstructionStack;
}): ReviewBuilder {
  const { job, persona, scope, offline, instructions, listing } = options;
  const ledger = createFindingLedger();
  const proposals = new Map<string, ProposedStandard>();
  let reviewed = false;
  let judged = offline === undefined;
  const skipped = new Map<string, string>(listing.skipped.map(({ path, reason }) => [path, reason]));
  const notes = new Set(instructions.notes);
  if (scope.missing.length > 0) notes.add(`Not found, so not in scope: ${scope.missing.join(', ')}.`);
  if (listing.truncated) {
    notes.add(
      `The list of files stops at ${listing.files.length} (files.max_files); the rest was not looked at.`,
    );
  }
  if (listing.files.length === 0 && listing.ignored > 0) {
    notes.add(
      `Nothing in scope can be read: ${counted(listing.ignored, 'entry', 'entries')} ${listing.ignored === 1 ? 'is' : 'are'} ignored (.gitignore, .agent-osignore).`,
    );
  }
  if (persona.contentHash !== job.personaHash) {
    notes.add(`The persona ${persona.name} was changed after the job was created; the new text was used.`);
  }
  return {
    ledger,
    get proposals() {
      return [...proposals.values()];
    },
    take({ name, failed, output }) {
      if (codeReaders.has(name) && !failed) reviewed = true;
      if ((output.filesJudged ?? 0) > 0) judged = true;
      if (output.evidence !== undefined) ledger.addEvidence(output.evidence);
      if (output.finding !== undefined) ledger.add(output.finding);
      if (output.proposal !== undefined) proposals.set(output.proposal.proposal_id, output.proposal);
      for (const { file, reason } of output.skipped ?? []) skipped.set(file, reason);
      for (const note of output.notes ?? []) notes.add(note);
    },
    note: (note) => notes.add(note),
    data: (summary, model) => ({
      persona: persona.name,
      task: job.task,
      scope: scope.stated,
      model,
      offline: offline !== undefined,
      offline_because: offline ?? null,
      reviewed,
      judged,
      files_in_scope: listing.files.length,
      summary,
      findings: [...ledger.placed],
      unplaced: [...ledger.unplaced],
      proposals: [...proposals.values()],
      skipped: [...skipped].map(([file, reason]) => ({ file, reason })),
      notes: [...notes],
      provenance: instructions.provenance,
    }),
  };
}
