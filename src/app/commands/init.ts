import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  exitCodes,
  paintFor,
  renderChange,
  renderClients,
  renderLaunch,
  renderProjectPlan,
  renderWritten,
  type ExtraCommand,
  type GlobalOptions,
  type Terminal,
} from '../../interfaces/cli/index.ts';
import { ensureAgentOsFolder, findProjectRoot } from '../../platform/files/index.ts';
import { homeFolder } from '../../platform/user-folders/index.ts';
import type { ClientPlan, ClientPlans, Launch, ProjectPlan } from '../../capabilities/setup/index.ts';
import type { SetupReport } from '../../capabilities/setup/contract/index.ts';
import { guidesFolder, launchOptions, placesOf } from '../launch.ts';
import { tellOfStateElsewhere } from '../open-state-folder.ts';
import type { ContextOptions } from '../project-context.ts';

interface InitOptions {
  client?: string;
  yes?: boolean;
  dryRun?: boolean;
}

/** `troupe init`: makes `.agent-os/` and tells the clients used here of the server. */
export function init(
  contextOf: (options: GlobalOptions) => ContextOptions,
  terminal: Terminal,
): ExtraCommand {
  return {
    name: 'init',
    summary: 'Set up this project, and the MCP configuration of the clients you use.',
    options: [
      {
        flags: '--client <cursor,claude-code,vscode,windsurf,codex>',
        summary: 'Write these, one or more with commas.',
      },
      { flags: '--yes', summary: 'Write the configuration of every client found, without a question.' },
      { flags: '--dry-run', summary: 'Show what would be written; write nothing.' },
    ],
    async run(options, given: InitOptions) {
      const setup = await import('../../capabilities/setup/index.ts');
      const { cwd, project, env } = contextOf(options);
      const home = homeFolder();
      const root = await findProjectRoot({ cwd, home, ...(project === undefined ? {} : { project }) });
      const places = placesOf(root, env);
      const launch = await setup.findLaunch(launchOptions(places));
      const chosen =
        given.client === undefined ? await setup.findClients(places) : setup.clientsNamed(given.client);
      // Everything is planned before anything is written.
      const plan = await setup.planProject(root, guidesFolder);
      const clients = await setup.planClients(chosen, launch, places);
      const pending = clients.plans.filter(({ isCurrent }) => !isCurrent);

      const show = presenter(options, given, terminal);
      show.plan(plan, clients, launch, root);
      const write = given.dryRun !== true;
      if (write) {
        const { isNew } = await ensureAgentOsFolder(root);
        if (isNew)
          await tellOfStateElsewhere({ root, env }, (message) => terminal.err(`warning: ${message}\n`));
        for (const folder of plan.folders) await mkdir(join(root, folder), { recursive: true });
        await setup.applyChanges(plan.files);
      }
      const wanted = write && pending.length > 0 && (await show.mayWrite());
      if (wanted) await setup.applyChanges(pending.map(({ change }) => change));
      show.outcome(
        reportOf({ root, plan, clients, launch, dryRun: !write, wanted }),
        wanted ? pending : [],
        pending,
      );
      const [refused] = clients.refused;
      return refused === undefined ? 0 : exitCodes[refused.error.category];
    },
  };
}

function presenter(options: GlobalOptions, given: InitOptions, terminal: Terminal) {
  const paint = paintFor(terminal);
  const say = (text: string) => {
    if (!options.json && text !== '') terminal.out(`${text}\n`);
  };
  return {
    plan(plan: ProjectPlan, { plans, refused }: ClientPlans, launch: Launch, root: string) {
      say(renderProjectPlan(plan, given.dryRun !== true));
      const found = [...plans, ...refused];
      say(renderClients(found, plans, given.client !== undefined));
      for (const client of plans) if (!client.isCurrent) say(renderChange(client, paint));
      if (found.length === 0) say(renderLaunch(launch, root));
      for (const { title, error } of refused) terminal.err(` ${title} is left out. ${error.line}\n`);
      for (const warning of launch.warnings) terminal.err(`warning: ${warning}\n`);
    },
    async mayWrite(): Promise<boolean> {
      if (given.client !== undefined || given.yes === true) return true;
      if (options.json || !terminal.inIsTerminal) return false;
      return terminal.confirm(' Write their MCP configuration?', 'yes');
    },
    outcome(report: SetupReport, written: readonly ClientPlan[], pending: readonly ClientPlan[]) {
      if (options.json) {
        terminal.out(`${JSON.stringify(report, null, 2)}\n`);
        return;
      }
      if (written.length > 0) say(renderWritten(written));
      else if (pending.length > 0)
        say(
          report.dry_run
            ? ' Nothing was written.'
            : ' The configuration of the clients is not written. `troupe init --yes` writes it.',
        );
      say(' Next: troupe ask "@architect review"');
    },
  };
}

function reportOf(done: {
  root: string;
  plan: ProjectPlan;
  clients: ClientPlans;
  launch: Launch;
  dryRun: boolean;
  wanted: boolean;
}): SetupReport {
  const { root, plan, clients, launch, dryRun, wanted } = done;
  const isNew = ({ before }: { before: string | undefined }) => before === undefined;
  return {
    project: root,
    dry_run: dryRun,
    created: [
      ...plan.folders,
      ...plan.files.filter(isNew).map(({ shownPath }) => shownPath),
      ...(plan.isNew ? ['.agent-os/.gitignore'] : []),
    ],
    changed: plan.files.filter((file) => !isNew(file)).map(({ shownPath }) => shownPath),
    left_alone: plan.leftAlone,
    clients: [
      ...clients.plans.map(({ client, change, isCurrent }) => ({
        client,
        file: change.shownPath,
        status: isCurrent ? ('current' as const) : wanted ? ('written' as const) : ('not_written' as const),
        content: change.after,
        error: null,
      })),
      ...clients.refused.map(({ client, shownPath, error }) => ({
        client,
        file: shownPath,
        status: 'refused' as const,
        content: null,
        error: { code: error.code, message: error.message, remedy: error.remedy },
      })),
    ],
    command: [launch.command, launch.entry, 'mcp'],
    warnings: [...launch.warnings],
  };
}
