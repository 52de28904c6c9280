import { counted } from '../../../kernel/index.ts';
import type { StandardFinding } from '../contract/index.ts';

/** A line of a file counts once, however many standards it departs from. */
export const placeOf = ({ file, line }: Pick<StandardFinding, 'file' | 'line'>) => `${file}:${line}`;

/** The outcome of a check in a sentence. */
export function checkMessage({
  findings,
  filesLookedAt,
  skipped,
  leftOut,
  missed,
  missedStandards,
  stated,
  checked,
  notChecked,
}: {
  findings: readonly Pick<StandardFinding, 'file' | 'line'>[];
  filesLookedAt: number;
  /** Files and parts that were left out. */
  skipped: number;
  /** What comments leave out. */
  leftOut: readonly Pick<StandardFinding, 'file' | 'line'>[];
  /** Of what was skipped, changed files that could have been checked. */
  missed: number;
  /** Of the standards that were named, those that are for these files and were not checked, or not in all their rules. */
  missedStandards: number;
  /** So many of the files in words. */
  stated: (count: number) => string;
  /** Standards, by number. */
  checked: number;
  notChecked: number;
}): string {
  if (filesLookedAt === 0 && skipped > 0) return 'Nothing was checked: all there is was skipped.';
  if (filesLookedAt === 0) return `There was nothing to check: ${stated(0).replace(/^0 /, 'no ')}.`;
  const excused = new Set(leftOut.map(placeOf)).size;
  const byComment = excused === 0 ? '' : `, ${counted(excused, 'place')} left out by comments`;
  const left = [
    ...(missed === 0 ? [] : [`; ${counted(missed, 'changed file')} could not be checked`]),
    ...(missedStandards === 0 ? [] : [`; of the standards named, ${missedStandards} could not be checked`]),
  ].join('');
  const how = `${stated(filesLookedAt)} looked at, ${counted(checked, 'standard')} checked, ${notChecked} not checked${byComment}${left}`;
  if (findings.length === 0 && missed + missedStandards > 0 && checked > 0)
    return `Nothing departs in what could be checked: ${how}.`;
  if (findings.length === 0)
    return checked === 0 ? `No standard was checked: ${how}.` : `Nothing departs from the standards: ${how}.`;
  const places = new Set(findings.map(placeOf)).size;
  const files = new Set(findings.map(({ file }) => file)).size;
  return `${counted(places, 'place')} in ${counted(files, 'file')} ${places === 1 ? 'departs' : 'depart'} from the standards: ${how}.`;
}
