import { readdir } from 'node:fs/promises';
import { counted } from '../../../kernel/index.ts';
import type { FileListing, ProjectFiles } from '../../../platform/files/index.ts';
import type { AnalysisReport, AnalysisRequest, RuleChoice } from '../../analyzers/index.ts';
import type { Job } from '../../jobs/index.ts';
import type { ChangedLines } from './changed-lines.ts';
import { codeOfContext, nameOfContext, textsOfCode } from './code-of-context.ts';
import { filesWithTexts } from './files-with-texts.ts';
import { ignoredAmong, trackedAmongIgnored, whyUnread } from './ignored-places.ts';
import { secretsMasked } from './masked-secrets.ts';
import { scopeOfJob, type JobScope } from './scope-of-job.ts';
import { inWords, type Scope } from './scope-of-task.ts';

type Analyze = (request: AnalysisRequest) => Promise<AnalysisReport>;

/** What a job works on: its scope, and the project's files as that means them. */
export interface JobMaterial {
  scope: Scope;
  /** With a diff of the context applied in them, and with code of the context as a file. */
  files: ProjectFiles;
  listing: FileListing;
  /** Over these files. */
  analyze: Analyze;
  /** Lines that count, by file; files that are not named count whole. */
  lines: ChangedLines;
  /** The same where a diff says them. */
  changed: ChangedLines | undefined;
  /** What these lines are: "that the diff adds or changes"; `undefined` where all count. */
  linesAre: string | undefined;
  /** Why rules have nothing to run over; `undefined` where they have. */
  nothing: string | undefined;
  /** What was asked about and cannot be judged; `undefined` where there is nothing. */
  notJudged: string | undefined;
  /** What the task names and ignore rules keep from being read, in words; `undefined` where there is nothing. */
  unread: string | undefined;
  /** Whether the context is what is looked at, or limits it. */
  usesContext: boolean;
  /** Whether all that is looked at lies in the project as it is read here. */
  isInProject: boolean;
  skipped: readonly { file: string; reason: string }[];
  notes: readonly string[];
}

const nothingListed: FileListing = { files: [], skipped: [], ignored: 0, truncated: false };

/** Most files named one by one. */
const maxNamed = 5;

/** Errors: as `scopeOfJob`; the signal's reason. */
export async function materialOfJob(
  job: Pick<Job, 'task' | 'context' | 'revises'>,
  deps: {
    files: ProjectFiles;
    analyze: Analyze;
    redact: (text: string) => Promise<{ text: string }>;
    trades: readonly RuleChoice[];
    /** Longest time of one git call, milliseconds. */
    gitTimeoutMs: number;
    signal: AbortSignal;
  },
): Promise<JobMaterial> {
  const { signal } = deps;
  const found = await scopeOfJob(job, deps.files, deps.redact);
  const texts = found.isContext ? await codeTexts(job.context ?? '', deps) : (found.diff?.texts ?? new Map());
  const paths = found.isContext ? [...texts.keys()] : found.paths;
  const scope: Scope = { paths, stated: found.stated, missing: found.missing };
  const files = filesWithTexts(deps.files, texts);
  const nothing = whyNothing(found, paths);
  const listing = nothing === undefined ? await files.list({ under: paths, signal }) : nothingListed;
  const { notComparable = [], binary = [] } = found.diff ?? {};
  const isOfFiles = found.diff === undefined && !found.isContext;
  const ignored = isOfFiles ? await ignoredAmong(paths, files) : [];
  const tracked =
    isOfFiles && listing.ignored > ignored.length
      ? await trackedAmongIgnored(paths, files, deps)
      : { skipped: [], notes: [] };
  return {
    scope,
    files,
    listing,
    analyze: async (request) => {
      const report = await deps.analyze(texts.size === 0 ? request : { ...request, texts });
      return secretsMasked(report, request, texts, found.lines);
    },
    lines: found.lines,
    changed: found.diff?.lines,
    linesAre: linesAre(found),
    nothing,
    notJudged: notJudgedOf(notComparable),
    unread: whyUnread(ignored),
    usesContext: found.isContext || found.diff !== undefined,
    isInProject: texts.size === 0,
    skipped: [
      ...notComparable,
      ...binary.map((file) => ({ file, reason: 'binary' })),
      ...tracked.skipped,
      ...ignored.map((file) => ({ file, reason: 'ignored' })),
    ],
    notes: [
      ...notesOf(found, texts),
      ...unreadableIn(job.context ?? ''),
      ...tracked.notes,
      ...(nothing === undefined && ignored.length === 0 ? await whyEmpty(listing, files.root) : []),
    ],
  };
}

/** What Troupe and git keep in a folder where nothing else is yet. */
const ownEntries = new Set(['.agent-os', '.agent-osignore', '.git', '.gitignore']);

async function whyEmpty(listing: FileListing, root: string): Promise<string[]> {
  if (listing.files.length > 0) return [];
  const entries = await readdir(root);
  if (entries.every((entry) => ownEntries.has(entry))) return ['The project has no files yet.'];
  if (listing.ignored === 0) return [];
  return [
    `Nothing in scope can be read: ${counted(listing.ignored, 'entry', 'entries')} ${listing.ignored === 1 ? 'is' : 'are'} ignored (.gitignore, .agent-osignore).`,
  ];
}

/** A text that no parser reads is given as it is, for a model to read. */
async function codeTexts(
  context: string,
  { files, analyze, trades, signal }: Parameters<typeof materialOfJob>[1],
): Promise<ReadonlyMap<string, string>> {
  const texts = await textsOfCode(codeOfContext(context), { root: files.root, trades, analyze, signal });
  return texts.size > 0 ? texts : new Map([[nameOfContext('txt'), context]]);
}

function linesAre({ diff, lines }: JobScope): string | undefined {
  if (diff !== undefined) return 'that the diff adds or changes';
  return lines.size > 0 ? 'that the task names' : undefined;
}

function whyNothing({ diff, isContext, stated }: JobScope, paths: readonly string[]): string | undefined {
  if (isContext && paths.every((path) => path === nameOfContext('txt')))
    return 'The code in the context names no language, and none of those that have rules reads it whole. Name it behind the fence (```ts), or save the code as a file of the project and name that in the task.';
  if (diff === undefined || paths.length > 0) return undefined;
  return diff.notComparable.length > 0 ? '' : `The scope is ${stated}.`;
}

function notJudgedOf(files: readonly { file: string; reason: string }[]): string | undefined {
  if (files.length === 0) return undefined;
  const named = files.slice(0, maxNamed).map(({ file, reason }) => `${file}: ${reason}`);
  const more = files.length > named.length ? ` and ${files.length - named.length} more` : '';
  return `${named.join('; ')}${more}. Make the diff again from these files, or review it on the revision it was made from.`;
}

/** Bytes that are no UTF-8 are gone once a text is read; the sign that stands in their place tells that there were some. */
function unreadableIn(context: string): string[] {
  const count = context.split('\uFFFD').length - 1;
  if (count === 0) return [];
  return [
    `The context is not all UTF-8: it was read as that, and ${counted(count, 'place')} in it ${count === 1 ? 'holds' : 'hold'} \uFFFD where bytes could not be read. Convert it (\`iconv -f LATIN1 -t UTF-8\`) to have it read as it was meant.`,
  ];
}

function notesOf({ isContext, diff }: JobScope, texts: ReadonlyMap<string, string>): string[] {
  const names = [...texts.keys()];
  if (isContext)
    return [`${inWords(names)} is the code in the context, no file; lines are those of the context.`];
  if (diff === undefined || names.length === 0) return [];
  const named = names.length <= maxNamed ? ` (${inWords(names)})` : '';
  return [
    `The diff is not applied in ${counted(names.length, 'file')} here${named}: looked at was what it would leave, and line numbers are those with it applied.`,
  ];
}
