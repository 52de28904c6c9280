import { counted, invoke, type Call } from '../../../kernel/index.ts';
import { lintStandards, type LintDeps } from '../../standards/index.ts';
import { ok, warning, type Finding } from './check.ts';

const folder = '.agent-os/standards';
const call: Call = { door: 'internal', caller: 'doctor' };
/** Problems that are shown; the command that is named shows all. */
const shownProblems = 3;

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
      'Mend them; `troupe standards lint` lists them all.',
    ),
    ...shown.map((line) => warning('standards', line, '')),
  ];
}
