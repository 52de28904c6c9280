import type { ReadResourceResult, Resource, ResourceTemplateType } from '@modelcontextprotocol/server';
import type { AnyOperation } from '../../../kernel/index.ts';
import { mcpErrors } from '../errors.ts';
import type { CallPath } from '../server/call-path.ts';
import type { McpResources } from './mcp-resources.ts';

const resultForm = 'troupe://jobs/{id}';
const findingsForm = 'troupe://jobs/{id}/findings';
const jobUri = /^troupe:\/\/jobs\/([^/?#]+)(\/findings)?$/;
const listed = 50;

interface JobSummary {
  job_id: string;
  persona: string;
  task: string;
  created_at: string;
}
interface JobState {
  status: string;
  job_id: string;
  result?: string;
  partial_result?: string | null;
}

/** Results of jobs. Listed are recent complete ones, newest first, and none before the first call has opened the database. */
export function openJobResources<Deps>(
  operations: readonly AnyOperation<Deps>[],
  path: CallPath<Deps>,
): McpResources {
  const named = (name: string) => operations.find((operation) => operation.name === name);
  const list = named('jobs.list');
  const check = named('jobs.check');
  const findings = named('jobs.findings');
  const forms = [
    ...(check === undefined ? [] : [resultForm]),
    ...(findings === undefined ? [] : [findingsForm]),
  ];

  return {
    forms,
    reads: (uri) => jobUri.test(uri),
    templates: () => allTemplates.filter(({ uriTemplate }) => forms.includes(uriTemplate)),
    async list(call) {
      if (list === undefined || check === undefined || !path.isOpen()) return [];
      const { jobs } = await path.run(list, { status: 'complete', limit: listed }, call);
      return (jobs as JobSummary[]).map(summaryAsResource);
    },
    async read(uri, call) {
      const [, id, wantsFindings] = jobUri.exec(uri) ?? [];
      const operation = wantsFindings === undefined ? check : findings;
      const jobId = id === undefined ? undefined : decoded(id);
      if (jobId === undefined || operation === undefined)
        throw mcpErrors.make('mcp.unknown_resource', { uri, forms });
      const output = await path.run(operation, { job_id: jobId }, call);
      if (wantsFindings !== undefined)
        return contents(uri, 'application/json', JSON.stringify(output, null, 2));
      return contents(uri, 'text/markdown', resultOf(output as unknown as JobState));
    },
  };
}

/** `undefined` for what is no percent-encoded text. */
function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

function resultOf(state: JobState): string {
  const text = state.result ?? state.partial_result ?? undefined;
  if (text === undefined)
    throw mcpErrors.make('mcp.no_result_yet', { jobId: state.job_id, status: state.status });
  return text;
}

function contents(uri: string, mimeType: string, text: string): ReadResourceResult {
  return { contents: [{ uri, mimeType, text }] };
}

function summaryAsResource(job: JobSummary): Resource {
  return {
    uri: `troupe://jobs/${job.job_id}`,
    name: `${job.persona}: ${job.task}`,
    description: `Result of job ${job.job_id}, created ${job.created_at}.`,
    mimeType: 'text/markdown',
  };
}

const allTemplates: ResourceTemplateType[] = [
  { uriTemplate: resultForm, name: 'job-result', description: "A job's review.", mimeType: 'text/markdown' },
  {
    uriTemplate: findingsForm,
    name: 'job-findings',
    description: "A job's findings as data.",
    mimeType: 'application/json',
  },
];
