import { counted } from '../../../kernel/index.ts';
import type { ClientPlan, Launch, ProjectPlan } from '../../../capabilities/setup/index.ts';
import type { Paint } from '../terminal/paint.ts';

/** What `.agent-os/` gets, or that it lacks nothing. */
export function renderProjectPlan(plan: ProjectPlan, written: boolean): string {
  const made = [
    ...plan.folders.map((folder) => `${inside(folder)}/`),
    ...newFiles(plan),
    ...(plan.isNew ? ['.gitignore (keeps troupe.db* and .cache/ out of git)'] : []),
  ];
  const extended = plan.files.filter(({ before }) => before !== undefined).map(({ shownPath }) => shownPath);
  const lines = [];
  if (made.length > 0) lines.push(` .agent-os/ ${written ? 'gets' : 'would get'}: ${made.join(', ')}`);
  const becomes = (path: string) => (path.endsWith('.md') ? 'the newer text' : 'the lines it lacks');
  for (const path of extended) lines.push(` ${path} ${written ? 'gets' : 'would get'} ${becomes(path)}.`);
  for (const path of plan.leftAlone) lines.push(` ${path} was edited here: left alone.`);
  return lines.length === 0 ? ' .agent-os/ is complete.' : lines.join('\n');
}

/** New files by name; of the guides only how many. */
function newFiles({ files }: ProjectPlan): string[] {
  const made = files.filter(({ before }) => before === undefined).map(({ shownPath }) => inside(shownPath));
  const guides = made.filter((path) => path.startsWith('guides/'));
  const rest = made.filter((path) => !path.startsWith('guides/'));
  return guides.length === 0 ? rest : [...rest, `guides/ (${counted(guides.length, 'guide')})`];
}

const inside = (path: string) => path.replace(/^\.agent-os\//, '');

/** A file and what is to change in it, as a person reads it before it is written. */
export function renderChange({ change, lines }: ClientPlan, paint: Paint): string {
  const { line, removed, added } = lines;
  const place = change.before === undefined ? 'new file' : `from line ${line}`;
  return [
    ` ${paint.bold(change.shownPath)}   ${paint.dim(place)}`,
    ...removed.map((text) => paint.red(`   - ${text}`)),
    ...added.map((text) => paint.green(`   + ${text}`)),
  ].join('\n');
}

/** Which clients were found, and which of them know troupe already. */
export function renderClients(
  found: readonly { title: string }[],
  plans: readonly ClientPlan[],
  wereNamed: boolean,
): string {
  if (found.length === 0)
    return ' No client found (Cursor, Claude Code, VS Code, Windsurf, Codex); name yours: troupe init --client cursor';
  const titles = (some: readonly { title: string }[]) => some.map(({ title }) => title).join(', ');
  const current = plans.filter(({ isCurrent }) => isCurrent);
  return [
    ...(wereNamed ? [] : [` Found: ${titles(found)}.`]),
    ...(current.length === 0 ? [] : [` Already configured: ${titles(current)}.`]),
  ].join('\n');
}

/** For a client that is not in the table. */
export function renderLaunch({ command, entry }: Launch, root: string): string {
  return ` Any other MCP client: command ${command}, arguments ${JSON.stringify([entry, 'mcp', '--project', root])}`;
}

/** What a person should know about files that were written. */
export function renderWritten(plans: readonly ClientPlan[]): string {
  const shared = plans.filter(({ inProject, change }) => !inProject && change.after.includes('--project'));
  const own = plans.some(({ inProject }) => inProject);
  return [
    ` Written: ${plans.map(({ change }) => change.shownPath).join(', ')}`,
    ...(own
      ? [
          ' Files in the project hold paths of this machine: leave them out of git, or let everybody run troupe init.',
        ]
      : []),
    ...shared.map(
      ({ title }) =>
        ` ${title} has one configuration for all projects: troupe works on this one there from now on.`,
    ),
  ].join('\n');
}
