import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isAppError, systemClock, toAppError, type AppError } from '../../kernel/index.ts';
import {
  exitCodes,
  paintFor,
  renderDiagnosis,
  type ExtraCommand,
  type GlobalOptions,
  type Terminal,
} from '../../interfaces/cli/index.ts';
import type { Database } from '../../platform/database/index.ts';
import type { Diagnosis } from '../../capabilities/setup/contract/index.ts';
import type * as SetupDoor from '../../capabilities/setup/index.ts';
import type { Finding } from '../../capabilities/setup/index.ts';
import { launchOptions, placesOf } from '../launch.ts';
import { openProjectContext, type ContextOptions, type ProjectContext } from '../project-context.ts';
import { standardsChecks } from './doctor-standards.ts';

type Setup = typeof SetupDoor;

/** Longest wait for one check, milliseconds. */
const checkTimeoutMs = 20_000;
/** Longest wait for another process's lock on the database, milliseconds. */
const lockWaitMs = 3_000;

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
  const checks: [subject: string, check: Promise<Finding[]>][] = [
    ['disk', setup.checkDisk(root)],
    ['personas', setup.checkPersonas(personas)],
    ['database', checkDatabase(setup, context)],
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
    ...(await standardsChecks(setup, context, () => openDatabaseThere(context))),
    ['mcp', checkClients(setup, places)],
  ];
  try {
    const found = await Promise.all(
      checks.map(([subject, check]) =>
        setup.withinTime(subject, check, { clock: systemClock, timeoutMs: checkTimeoutMs }),
      ),
    );
    return [
      setup.ok(
        'project',
        existsSync(join(root, '.agent-os')) ? root : `${root} (no .agent-os yet: troupe init makes it)`,
      ),
      problems.length === 0
        ? setup.ok('configuration', 'no problems')
        : problems.map(({ place, message }) =>
            setup.warning('configuration', withPlace(place, message), 'Correct or remove it.'),
          ),
      setup.checkGit(env, root),
      ...found,
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

async function checkDatabase(setup: Setup, context: ProjectContext): Promise<Finding[]> {
  const { migrations, databaseName } = await import('../open-database.ts');
  const { url } = context.settings.values.database;
  let project: string;
  try {
    project = await projectThere(context);
  } catch (error) {
    return [setup.broken('database', toAppError(error))];
  }
  return setup.checkDatabase({
    name: url === undefined ? databaseName : 'The PostgreSQL database',
    open: () => openDatabaseThere(context),
    migrations,
    project,
    chains: [context.chain.fingerprint, ''],
    nowMs: context.clock.now(),
  });
}

/** The key of the project's rows; where the database has none yet, or cannot be read, any other does. */
async function projectThere(context: ProjectContext): Promise<string> {
  const { findProjectKey } = await import('../open-database.ts');
  const database = await openDatabaseThere(context).catch(() => undefined);
  if (database === undefined) return context.root;
  try {
    return (await findProjectKey(database, context.root)) ?? context.root;
  } catch (error) {
    // What is wrong with the database itself, its check says.
    if (isAppError(error, 'database.project_id_unusable') || isAppError(error, 'files.outside_project'))
      throw error;
    return context.root;
  } finally {
    await database.close();
  }
}

/** The database as it is; `undefined` when there is none yet. */
async function openDatabaseThere({ root, settings, clock }: ProjectContext): Promise<Database | undefined> {
  const { openPostgresDatabase, openSqliteDatabase, tablesOf } =
    await import('../../platform/database/index.ts');
  const { databaseName, migrations } = await import('../open-database.ts');
  const { url, driverWaitMs } = settings.values.database;
  if (url !== undefined)
    return openPostgresDatabase({
      url,
      maxConnections: 1,
      connectTimeoutMs: lockWaitMs,
      clock,
      tables: tablesOf(migrations),
    });
  const path = join(root, databaseName);
  if (!existsSync(path)) return undefined;
  return openSqliteDatabase({
    path,
    displayName: databaseName,
    clock,
    busyTimeoutMs: lockWaitMs,
    driverWaitMs,
  });
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
