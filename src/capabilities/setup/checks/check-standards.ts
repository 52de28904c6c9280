import { counted, invoke, type Call } from '../../../kernel/index.ts';
import { goneInWords, lintStandards, type GoneStandard, type LintDeps } from '../../standards/index.ts';
import { ok, warning, type Finding } from './check.ts';

const folder = '.agent-os/standards';
const call: Call = { door: 'internal', caller: 'doctor' };
/** Problems that are shown; the command that is named shows all. */
const shownProblems = 3;
/** Missing standards that are named. */
const shownGone = 5;

/** Whether the project's standards can be read, and what is wrong with them. */
export async function checkStandards(library: LintDeps['library']): Promise<Finding[]> {
  const { checked, problems } = await invoke(lintStandards, {}, { deps: { library }, call });
  const unreadable = problems.find(({ file }) => file === folder);
  if (unreadable !== undefined) {
    return [
      {
        subject: 'standards',
        state: 'broken',
        message: `${folder} cannot be read: ${unreadable.message}`,
        remedy: `Make ${folder} a folder that this user may read; until then only the shipped standards are found.`,
      },
    ];
  }
  const gone = await library.standards.gone();
  if (gone.length > 0)
    return [...missing(gone), ...(checked + problems.length > 0 ? stated(checked, problems) : [])];
  return stated(checked, problems);
}

/** What was approved and is not there: each by name, as long as they are few. */
function missing(gone: readonly GoneStandard[]): Finding[] {
  const more = gone.length - shownGone;
  return [
    warning(
      'standards',
      `${counted(gone.length, 'approved standard')} of this project ${gone.length === 1 ? 'has' : 'have'} no file any more`,
      `Restore ${gone.length === 1 ? 'it' : 'them'} (git), or retire what is not wanted; until then nothing goes by ${gone.length === 1 ? 'it' : 'them'}.`,
    ),
    ...gone.slice(0, shownGone).map((one) => warning('standards', `${one.id}  ${goneInWords(one)}`, '')),
    ...(more > 0
      ? [warning('standards', `and ${more} more: \`troupe standards health\` names all`, '')]
      : []),
  ];
}

type Problems = Awaited<ReturnType<(typeof lintStandards)['handler']>>['problems'];

/** How many there are, and what is wrong with them. */
function stated(checked: number, problems: Problems): Finding[] {
  if (checked === 0 && problems.length === 0)
    return [ok('standards', 'none of this project yet; those that ship with troupe apply')];
  const total = `${counted(checked, 'standard')} of this project`;
  if (problems.length === 0) return [ok('standards', `${total}, no problems`)];
  const files = new Set(problems.map(({ file }) => file)).size;
  const shown = problems
    .slice(0, shownProblems)
    .map(({ file, line, message }) => `${line === null ? file : `${file}:${line}`}  ${message}`);
  return [
    warning(
      'standards',
      `${total}; ${counted(problems.length, 'problem')} in ${counted(files, 'file')}`,
      'Fix them; `troupe standards lint` lists them all.',
    ),
    ...shown.map((line) => warning('standards', line, '')),
  ];
}
