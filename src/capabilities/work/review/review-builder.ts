import { skippedInWords } from '../../../platform/files/index.ts';
import type { Job } from '../../jobs/index.ts';
import type { Persona } from '../../personas/index.ts';
import {
  placesNotFound,
  type LeftOut,
  type OfflineReason,
  type ProposedStandard,
  type ReviewData,
} from '../contract/index.ts';
import { createFindingLedger, type FindingLedger } from '../findings/finding-ledger.ts';
import type { InstructionStack } from '../instructions/instruction-stack.ts';
import type { ToolRecord } from '../loop/history.ts';
import type { JobMaterial } from '../scope/material-of-job.ts';

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
  /** The closing text is not whole because the provider withheld the rest: nothing that is not found counts as judged. */
  withheld(): void;
  /** The review as it is now, with the persona's words so far. */
  data(summary: string, model: string): ReviewData;
}

export function createReviewBuilder(options: {
  job: Job;
  persona: Persona;
  material: JobMaterial;
  /** Why the offline reviewer answers; `undefined` where a model does. */
  offline: OfflineReason | undefined;
  instructions: InstructionStack;
}): ReviewBuilder {
  const { job, persona, material, offline, instructions } = options;
  const { scope, listing } = material;
  const ledger = createFindingLedger();
  const proposals = new Map<string, ProposedStandard>();
  let reviewed = false;
  let judged = offline === undefined;
  let whole = true;
  const skipped = new Map<string, string>(listing.skipped.map((file) => [file.path, skippedInWords(file)]));
  for (const { file, reason } of material.skipped) skipped.set(file, reason);
  const notes = new Set([...instructions.notes, ...material.notes]);
  const leftOut = new Map<string, LeftOut>();
  if (scope.missing.length > 0) notes.add(placesNotFound(scope.missing));
  if (listing.truncated) {
    notes.add(
      `The list of files stops at ${listing.files.length} (files.max_files); the rest was not looked at.`,
    );
  }
  // The offline reviewer says it in its closing text.
  if (offline === undefined && material.notJudged !== undefined)
    notes.add(`Not compared with the diff: ${material.notJudged}`);
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
      for (const one of output.leftOut ?? []) leftOut.set(`${one.file}:${one.line} ${one.rule}`, one);
      for (const note of output.notes ?? []) notes.add(note);
    },
    note: (note) => notes.add(note),
    withheld() {
      whole = false;
      notes.add(
        "The closing text was stopped by the provider's filter or the model's own refusal: this is no whole review. Ask another model, or narrow the task.",
      );
    },
    data: (summary, model) => ({
      persona: persona.name,
      task: job.task,
      scope: scope.stated,
      model,
      offline: offline !== undefined,
      offline_because: offline ?? null,
      reviewed,
      judged:
        whole &&
        judged &&
        material.unread === undefined &&
        (offline === undefined || material.notJudged === undefined),
      files_in_scope: listing.files.length,
      files_looked_at: listing.files.filter(({ path }) => !skipped.has(path)).length,
      summary,
      findings: [...ledger.placed],
      unplaced: [...ledger.unplaced],
      proposals: [...proposals.values()],
      skipped: [...skipped].map(([file, reason]) => ({ file, reason })),
      left_out: [...leftOut.values()],
      notes: [...notes],
      provenance: instructions.provenance,
    }),
  };
}
