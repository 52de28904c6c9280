import type { ChosenStandard } from '../selection/select-standards.ts';
import type { SkippedPart } from './to-check.ts';

/**
 * Of the files that were left out, those a reader should know of. A picture that is binary, or what lies in `.agent-os`, no
 * standard could ever apply to; it is named only if the caller named it.
 */
export async function skippedThatMatter(
  skipped: readonly SkippedPart[],
  standards: readonly ChosenStandard[],
  { named, isCode }: { named: readonly string[]; isCode(file: string): Promise<boolean> },
): Promise<{ file: string; reason: string }[]> {
  const withGlobs = standards.filter(({ document }) => document.appliesTo.length > 0);
  const matters = async ({ file, isByContent }: SkippedPart) => {
    if (isByContent !== true || named.includes(file)) return true;
    if (inAgentOs.test(file)) return false;
    return withGlobs.some((standard) => standard.appliesTo(file)) || (await isCode(file));
  };
  const seen = new Set<string>();
  const kept: { file: string; reason: string }[] = [];
  for (const part of skipped) {
    if (seen.has(part.file) || !(await matters(part))) continue;
    seen.add(part.file);
    kept.push({ file: part.file, reason: part.reason });
  }
  return kept;
}

const inAgentOs = /(?:^|\/)\.agent-os\//;
