/** Files that were left out for one reason. */
export interface SkippedKind {
  /** `140 files (minified or generated, up to 12,104 characters a line)` */
  text: string;
  files: readonly string[];
}

/** A figure at the end of a reason, such as `(12,104 characters a line)`. */
const figureAtEnd = /^(?<kind>.*) \((?<figure>\d[\d,]*) (?<unit>[^()]*)\)$/;

/** What was left out, by kind of reason, the most files first. Reasons that differ in their figure are one kind. */
export function skippedKinds(skipped: readonly { file: string; reason: string }[]): SkippedKind[] {
  const read = skipped.map(({ file, reason }) => {
    const { kind = reason, figure, unit } = figureAtEnd.exec(reason)?.groups ?? {};
    return { file, kind, unit, figure: Number((figure ?? '0').replaceAll(',', '')) };
  });
  return [...Map.groupBy(read, ({ kind, unit }) => `${kind}|${unit}`).values()]
    .sort((a, b) => b.length - a.length)
    .map((group) => {
      const { kind, unit } = group[0]!;
      const most = Math.max(...group.map(({ figure }) => figure)).toLocaleString('en');
      const figure = unit === undefined ? '' : `${group.length > 1 ? ', up to' : ':'} ${most} ${unit}`;
      const files = group.map(({ file }) => file);
      return { text: `${filesOf(files.length)} (${kind}${figure})`, files };
    });
}

/** Said near the head of a review where more files were skipped than read; empty otherwise. */
export function mostlySkipped(inScope: number, lookedAt: number): string {
  return inScope - lookedAt > lookedAt
    ? `Only ${lookedAt} of ${filesOf(inScope)} in scope were looked at.`
    : '';
}

const filesOf = (count: number) => `${count} ${count === 1 ? 'file' : 'files'}`;
