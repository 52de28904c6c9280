import type { Sql } from '../../../platform/database/index.ts';
import type { JobStatus } from '../contract/index.ts';

/** Jobs of one persona that one model worked on and that are in one state. */
export interface JobGroup {
  persona: string;
  model: string;
  status: JobStatus;
  jobs: number;
  tokensInput: number;
  tokensOutput: number;
  /** US dollars by the price table. */
  costUsd: number;
}

/** How long complete jobs of a persona took, milliseconds. */
export interface DurationFigures {
  persona: string;
  p50Ms: number;
  p95Ms: number;
}

/** What waits and what was left behind, for a diagnosis. */
export interface QueueFigures {
  /** Running jobs whose lease has run out: their worker is gone. */
  expiredLeases: number;
  /** Waiting jobs by the model chain they need; '' is the offline reviewer. */
  waiting: { chain: string; model: string; jobs: number }[];
}

/** Figures over all stored jobs of a project. Reads only; slower than a status, never on the path of a job. */
export interface JobFigures {
  groups(project: string): Promise<JobGroup[]>;
  durations(project: string): Promise<DurationFigures[]>;
  /** Days since 1970 (UTC) with the number of jobs created in them, oldest first, from `sinceMs` on. */
  createdPerDay(project: string, sinceMs: number): Promise<{ day: number; jobs: number }[]>;
  /** Calls of one tool, over all steps. */
  toolCalls(project: string, tool: string): Promise<number>;
  queue(project: string, nowMs: number): Promise<QueueFigures>;
}

const dayMs = 86_400_000;

/** The figures by SQL that SQLite and PostgreSQL both read. */
export function sqlJobFigures(sql: Sql): JobFigures {
  return {
    async groups(project) {
      return sql.all<JobGroup>(
        `SELECT persona, model, status, count(*) AS jobs,
           CAST(sum(tokens_input) AS BIGINT) AS "tokensInput", CAST(sum(tokens_output) AS BIGINT) AS "tokensOutput",
           sum(cost_usd) AS "costUsd"
         FROM jobs WHERE project = ? GROUP BY persona, model, status ORDER BY persona, model, status`,
        [project],
      );
    },

    async durations(project) {
      // The nearest rank: of n sorted values the one at position ceil(n · share).
      return sql.all<DurationFigures>(
        `SELECT persona, max(CASE WHEN place = (n + 1) / 2 THEN took END) AS "p50Ms",
           max(CASE WHEN place = (n * 95 + 99) / 100 THEN took END) AS "p95Ms"
         FROM (
           SELECT persona, ended_at - started_at AS took,
             row_number() OVER (PARTITION BY persona ORDER BY ended_at - started_at) AS place,
             count(*) OVER (PARTITION BY persona) AS n
           FROM jobs WHERE project = ? AND status = 'complete' AND started_at IS NOT NULL
         ) AS ranked GROUP BY persona ORDER BY persona`,
        [project],
      );
    },

    async createdPerDay(project, sinceMs) {
      return sql.all<{ day: number; jobs: number }>(
        `SELECT created_at / ${dayMs} AS day, count(*) AS jobs FROM jobs
         WHERE project = ? AND created_at >= ? GROUP BY created_at / ${dayMs} ORDER BY created_at / ${dayMs}`,
        [project, sinceMs],
      );
    },

    async toolCalls(project, tool) {
      const row = await sql.get<{ n: number }>(
        `SELECT count(*) AS n FROM job_steps JOIN jobs ON jobs.id = job_steps.job_id
         WHERE jobs.project = ? AND job_steps.kind = 'tool' AND job_steps.name = ?`,
        [project, tool],
      );
      return row!.n;
    },

    async queue(project, nowMs) {
      const expired = await sql.get<{ n: number }>(
        "SELECT count(*) AS n FROM jobs WHERE project = ? AND status = 'running' AND lease_until < ?",
        [project, nowMs],
      );
      const waiting = await sql.all<QueueFigures['waiting'][number]>(
        `SELECT chain, model, count(*) AS jobs FROM jobs
         WHERE project = ? AND status = 'pending' GROUP BY chain, model ORDER BY chain, model`,
        [project],
      );
      return { expiredLeases: expired!.n, waiting };
    },
  };
}
