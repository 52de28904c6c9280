import { isAppError, systemClock, type AppError } from '../../kernel/index.ts';
import {
  exitCodes,
  paintFor,
  renderDiagnosis,
  type ExtraCommand,
  type GlobalOptions,
  type Terminal,
} from '../../interfaces/cli/index.ts';
import type { Diagnosis } from '../../capabilities/setup/contract/index.ts';
import type * as SetupDoor from '../../capabilities/setup/index.ts';
import type { Finding } from '../../capabilities/setup/index.ts';
import { launchOptions, placesOf } from '../launch.ts';
import { findStateFolder } from '../open-state-folder.ts';
import { openProjectContext, type ContextOptions, type ProjectContext } from '../project-context.ts';
import { standardsChecks } from './doctor-standards.ts';
import { checkDatabase, checkState } from './doctor-state.ts';

type Setup = typeof SetupDoor;

/** Longest wait for one check, milliseconds. */
const checkTimeoutMs = 20_000;

/** `troupe doctor`: what works here, what does not, and how to fix it. Creates and changes nothing. */
export function doctor(
  contextOf: (options: GlobalOptions) => ContextOptions,
  terminal: Terminal,
): ExtraCommand {
  return {
    name: 'doctor',
    summary:
      'Check Node, project, configuration, personas, database, models, standards, search and clients; say how to fix each.',
    async run(options) {
      const setup = await import('../../capabilities/setup/index.ts');
      const asked = contextOf(options);
      const findings = setup.checkNode(process.versions.node, process.execPath);
      const { context, errors } = await openWhatOpens(asked);
      findings.push(...errors.map((error) => setup.broken(subjectOf(error), error)));
      if (context !== undefined) findings.push(...(await checkProject(setup, context, asked.env, errors)));
      terminal.out(
        options.json
          ? `${JSON.stringify(diagnosisOf(findings), null, 2)}\n`
          : `${renderDiagnosis(findings, paintFor(terminal))}\n`,
      );
      return exitCodeOf(findings);
    },
  };
}

/** A model that was asked for and cannot be used does not keep the rest from being looked at. */
async function openWhatOpens(
  asked: ContextOptions,
): Promise<{ context: ProjectContext | undefined; errors: AppError[] }> {
  const errors: AppError[] = [];
  const attempt = async (env: NodeJS.ProcessEnv) => {
    try {
      return await openProjectContext({ ...asked, env });
    } catch (error) {
      if (!isAppError(error)) throw error;
      errors.push(error);
      return undefined;
    }
  };
  const context = await attempt(asked.env);
  if (context !== undefined || !errors[0]!.code.startsWith('models.')) return { context, errors };
  return { context: await attempt({ ...asked.env, TROUPE_MODEL: 'offline' }), errors };
}

function subjectOf({ code }: AppError): string {
  if (code.startsWith('models.')) return 'model';
  return code.startsWith('config.') ? 'configuration' : 'project';
}

async function checkProject(
  setup: Setup,
  context: ProjectContext,
  env: NodeJS.ProcessEnv,
  errors: readonly AppError[],
): Promise<Finding[]> {
  const { root, settings, personas, chain, clock } = context;
  const places = placesOf(root, env);
  const { problems } = settings;
  const state = await findStateFolder(context);
  const isInProject = state.elsewhereFor === undefined;
  const checks: [subject: string, check: Promise<Finding[]>][] = [
    ['project', checkState(setup, context, state)],
    [
      'disk',
      isInProject
        ? setup.checkDisk(root, "the project's disk")
        : setup.checkDisk(state.path, `the disk of ${state.path}`),
    ],
    ['personas', setup.checkPersonas(personas)],
    ['database', checkDatabase(setup, context, state)],
    [
      'model',
      errors.length > 0
        ? Promise.resolve([])
        : setup.checkModels(chain, {
            env,
            clock,
            limits: { ...settings.values.models, maxOutputTokens: settings.values.work.maxOutputTokens },
          }),
    ],
    ...(await standardsChecks(setup, context, state)),
    ['mcp', checkClients(setup, places)],
  ];
  try {
    const found = await Promise.all(
      checks.map(([subject, check]) =>
        setup.withinTime(subject, check, { clock: systemClock, timeoutMs: checkTimeoutMs }),
      ),
    );
    const [ofProject, ...others] = found;
    return [
      ofProject!,
      problems.length === 0
        ? setup.ok('configuration', 'no problems')
        : problems.map(({ place, message }) =>
            setup.warning('configuration', withPlace(place, message), 'Correct or remove it.'),
          ),
      setup.checkGit(env, root),
      ...others,
    ].flat();
  } finally {
    personas.close();
  }
}

const withPlace = (place: string, message: string) =>
  message.startsWith(place) ? message : `${place}  ${message}`;

async function checkClients(setup: Setup, places: ReturnType<typeof placesOf>): Promise<Finding[]> {
  const launch = await setup.findLaunch(launchOptions(places));
  return setup.checkClients(await setup.findClients(places), launch, places);
}

function diagnosisOf(findings: readonly Finding[]): Diagnosis {
  return {
    ok: findings.every(({ state }) => state !== 'broken'),
    checks: findings.map(({ subject, state, message, remedy, error }) => ({
      subject,
      state,
      message,
      remedy,
      code: error?.code ?? null,
    })),
  };
}

/** The category of the first thing that is broken. */
function exitCodeOf(findings: readonly Finding[]): number {
  const first = findings.find(({ state }) => state === 'broken');
  return first === undefined ? 0 : exitCodes[first.error?.category ?? 'unavailable'];
}
