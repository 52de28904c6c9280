import type { z } from 'zod';
import type { anchorState, ListedStandards, standardSummary } from '../contract/index.ts';
import type { StandardDocument } from '../document/standard.ts';
import type { AnchorState } from '../health/evidence-anchors.ts';
import type { LibraryEntry, SkippedStandard } from '../library/standards-library.ts';
import type { StandardUse } from '../uses/use-store.ts';

export function summaryOf(
  entry: LibraryEntry,
  document: StandardDocument,
  use: StandardUse | undefined,
): z.output<typeof standardSummary> {
  return {
    id: entry.id,
    file: entry.file,
    layer: entry.layer,
    approval: entry.approval,
    status: document.status,
    title: document.title,
    rule: document.lead,
    tags: document.tags,
    created_by: document.createdBy,
    times_found: use?.times ?? 0,
    last_found_at: use === undefined ? null : new Date(use.lastAt).toISOString(),
  };
}

export function anchorOf({ file, line, quote, state, lineNow }: AnchorState): z.output<typeof anchorState> {
  return { file, line, quote: quote ?? null, state, line_now: lineNow ?? null };
}

export const unusableFileOf = ({ file, reason }: SkippedStandard): ListedStandards['unusable'][number] => ({
  file,
  reason,
});
