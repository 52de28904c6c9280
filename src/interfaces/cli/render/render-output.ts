import { counted } from '../../../kernel/index.ts';
import type { ReviewReport } from '../../../capabilities/work/contract/index.ts';
import type { Paint } from '../terminal/paint.ts';
import { inboxRenderers } from '../inbox/inbox-renderers.ts';
import { renderReport } from './render-report.ts';
import { renderSilence, type Silence } from './render-silence.ts';
import { standardsRenderers } from './render-standards.ts';
import { table } from './table.ts';

// Outputs are read by name of the operation; each renderer knows the contract of its own.
type Output = Record<string, never>;
type Renderer = (output: Output, paint: Paint) => string;

interface JobLine extends Silence {
  persona: string;
  status: string;
  task: string;
  duration_seconds: number | null;
}

const renderers: Record<string, Renderer> = {
  ...inboxRenderers,
  ...standardsRenderers,
  'inbox.approve': inWords,
  'inbox.edit': inWords,
  'inbox.revise': inWords,
  'inbox.reject': inWords,
  'jobs.cancel': inWords,
  'jobs.reset': inWords,
  'standards.retire': inWords,
  'standards.index': inWords,
  // Figures for programs; there is no better form for a person than for them.
  'analytics.metrics': asData,
  'jobs.list': (output) => {
    const {
      jobs,
      total_count: total,
      filtered_count: matching,
      next_before: next,
    } = output as unknown as {
      jobs: JobLine[];
      total_count: number;
      filtered_count: number;
      next_before: string | null;
    };
    if (total === 0) return 'No jobs yet. Ask: troupe ask "@security review src"';
    const rows = jobs.map((job) => [
      job.job_id.slice(-4),
      job.silent_seconds === undefined ? job.status : `${job.status}, silent for ${job.silent_seconds} s`,
      job.persona,
      job.duration_seconds === null ? '' : `${job.duration_seconds} s`,
      job.task,
    ]);
    const which =
      matching === total ? counted(total, 'job') : `${matching} that match (${counted(total, 'job')} in all)`;
    const shown = jobs.length === matching ? which : `${jobs.length} of ${which}`;
    const more = next === null ? '' : `; --limit N shows more, and so does troupe jobs list --before ${next}`;
    return `${table([['id', 'status', 'persona', 'time', 'task'], ...rows])}\n${shown}${more}`;
  },
  'jobs.stats': (output) => {
    const stats = output as unknown as {
      database_size_mb: number;
      jobs_by_status: Record<string, number>;
      oldest_job_days: number;
      next_cleanup: string;
      last_cleanup: string | null;
      cleanup_recommendation: string;
    };
    return table([
      ['size', `${stats.database_size_mb} MB (clean-up: ${stats.cleanup_recommendation})`],
      [
        'jobs',
        Object.entries(stats.jobs_by_status)
          .map(([status, n]) => `${n} ${status}`)
          .join(', '),
      ],
      ['oldest', counted(stats.oldest_job_days, 'day')],
      ['last clean-up', stats.last_cleanup ?? 'never'],
      ['next clean-up', stats.next_cleanup],
    ]);
  },
  'jobs.steps': (output) => {
    const { steps, next_after: next } = output as unknown as {
      steps: { number: number; kind: string; name: string; summary: string }[];
      next_after: number | null;
    };
    if (steps.length === 0) return 'No finished steps.';
    const rows = steps.map((step) => [String(step.number), step.kind, step.name, step.summary]);
    return table(rows) + (next === null ? '' : `\nMore: --after ${next}`);
  },
  'jobs.check': (output) => {
    const job = output as unknown as Silence & {
      status: string;
      persona: string;
      message?: string;
      result?: string;
      partial_result?: string | null;
      progress?: { phase: string; percent_complete: number; message: string };
      error?: { code: string; message: string; remedy: string };
    };
    if (job.result !== undefined) return job.result.trimEnd();
    const lines = [`${job.job_id}  ${job.persona}  ${job.status}`];
    if (job.message !== undefined) lines.push(job.message);
    if (job.silent_seconds !== undefined) lines.push(renderSilence(job));
    if (job.progress !== undefined)
      lines.push(`${job.progress.percent_complete} %  ${job.progress.phase}: ${job.progress.message}`);
    if (job.error !== undefined) lines.push(`${job.error.code}: ${job.error.message} ${job.error.remedy}`);
    if (job.partial_result !== undefined && job.partial_result !== null)
      lines.push('', job.partial_result.trimEnd());
    return lines.join('\n');
  },
  'jobs.findings': (output, paint) => renderReport(output as unknown as ReviewReport, paint, true).trimEnd(),
  // The id alone, as `ask --detach` prints it: a script takes it from here.
  'jobs.retry': (output) => (output as unknown as { new_job_id: string }).new_job_id,
  'personas.list': (output, paint) => {
    const {
      personas,
      switched_off: off,
      problems,
    } = output as unknown as {
      personas: { name: string; description: string; priority: string; layer: string; trusted: boolean }[];
      switched_off: { name: string; setting: string }[];
      problems: Problem[];
    };
    const rows = personas.map((persona) => [
      persona.name,
      persona.layer === 'built-in' ? '' : persona.layer + (persona.trusted ? '' : ', not trusted'),
      persona.description,
    ]);
    const offLines = off.map(({ name, setting }) => `${name} is switched off by ${setting}.`);
    return [table(rows), ...offLines, ...problems.map((problem) => problemLine(problem, paint))].join('\n');
  },
  'personas.show': (output) => {
    const persona = output as unknown as {
      display_name: string;
      path: string;
      tokens: number;
      tokenizer: string;
      body: string;
    };
    return `${persona.display_name} (${persona.path}, ${persona.tokens} tokens by ${persona.tokenizer})\n\n${persona.body.trim()}`;
  },
  'personas.check': (output, paint) => {
    const { personas, problems } = output as unknown as {
      personas: { name: string; tokens: number; token_limit: number; path: string }[];
      problems: Problem[];
    };
    const rows = personas.map(({ name, tokens, token_limit: limit, path }) => [
      name,
      `${tokens} of ${limit} tokens`,
      path,
    ]);
    const found =
      problems.length === 0 ? ['No problems.'] : problems.map((problem) => problemLine(problem, paint));
    return [table(rows), ...found].join('\n');
  },
  'personas.trust': (output) => {
    const trusted = output as unknown as { persona: string; content_hash: string; already_trusted: boolean };
    const was = trusted.already_trusted ? 'was trusted already' : 'is trusted';
    return `${trusted.persona} ${was}, in exactly the text with hash ${trusted.content_hash.slice(0, 12)}.`;
  },
  'personas.distrust': (output) => {
    const { persona, texts } = output as unknown as { persona: string; texts: number };
    if (texts === 0) return `${persona} was not trusted; nothing changed.`;
    return `${persona} is no longer trusted (${counted(texts, 'text')} of it ${texts === 1 ? 'was' : 'were'}): no language model reads it.`;
  },
  'standards.search': (output, paint) => {
    const { results, message } = output as unknown as {
      results: { citation: string; content: string; relevance: number; reason: string }[];
      message: string;
    };
    return [
      ...results.map((hit) =>
        [
          `${hit.citation}  ${hit.relevance}`,
          ...(hit.reason === '' ? [] : [paint.dim(`found by ${hit.reason}`)]),
          hit.content,
        ].join('\n'),
      ),
      message,
    ].join('\n\n');
  },
};

interface Problem {
  path: string;
  line: number | null;
  severity: string;
  message: string;
}

function problemLine({ path, line, severity, message }: Problem, paint: Paint): string {
  const text = `${severity === 'error' ? '✗' : '!'} ${path}${line === null ? '' : `:${line}`}  ${message}`;
  return severity === 'error' ? paint.red(text) : text;
}

/** What says all of itself in its message. */
function inWords(output: Output): string {
  return (output as unknown as { message: string }).message;
}

function asData(output: Output): string {
  return JSON.stringify(output, null, 2);
}

/** Whether people see an operation's output in a form that was made for it. */
export function hasRenderer(operation: string): boolean {
  return renderers[operation] !== undefined;
}

/** An operation's output for people; data as it is where nobody has given the operation a renderer. */
export function renderOutput(operation: string, output: unknown, paint: Paint): string {
  return (renderers[operation] ?? asData)(output as Output, paint);
}
