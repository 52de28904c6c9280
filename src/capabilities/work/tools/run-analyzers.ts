import { counted } from '../../../kernel/index.ts';
import { skippedInWords } from '../../../platform/files/index.ts';
import path from 'node:path';
import { z } from 'zod';
import { trades, type Evidence } from '../../analyzers/index.ts';
import { countMarks } from './redacted-marks.ts';
import { idleCommentsNote, leftOutByComments } from './ignore-comments.ts';
import { workTool, type ToolContext } from './work-tool.ts';

export const runAnalyzersTool = workTool({
  name: 'run_analyzers',
  description:
    'Run deterministic checks (syntax rules, secrets, structure) over files. Their results are evidence: name the rule in report_finding.',
  phase: 'analyzing',
  input: z.object({
    paths: z
      .array(z.string())
      .max(50)
      .optional()
      .describe('Folders or files; the scope of the task if left out.'),
    packs: z.array(z.enum(trades)).max(6).optional().describe("Rule packs; the persona's own if left out."),
    max_results: z
      .int()
      .min(1)
      .max(2_000)
      .default(60)
      .describe('At most this many in the answer, worst first.'),
  }),
  async run({ paths, packs, max_results: maxResults }, context) {
    const { files, scope, signal, maxOutputChars, progress } = context;
    const under = paths ?? scope.paths;
    const listing = await files.list({ under, signal });
    const choices = packs ?? context.trades;
    // Tests often lie beside the folder that is reviewed.
    const looksForTests = under.length > 0 && choices.some((choice) => choice.startsWith('testing'));
    const report = await context.analyze({
      root: files.root,
      files: listing.files.map((file) => file.path),
      ...(looksForTests ? { otherFiles: (await files.list({ signal })).files.map(({ path }) => path) } : {}),
      trades: choices,
      signal,
      onProgress: ({ filesDone, filesTotal, file }) =>
        progress(
          filesTotal === 0 ? 1 : filesDone / filesTotal,
          `${file} · ${filesDone} of ${counted(filesTotal, 'file')}`,
        ),
    });
    const skipped = [
      ...listing.skipped.map((file) => ({ file: file.path, reason: skippedInWords(file) })),
      ...report.skipped,
    ];
    const { evidence, redacted } = await withoutSecrets(report.evidence, context);
    const leftOut = await leftOutByComments(report, context);
    const idle = await idleCommentsNote(report.idleComments, context);
    const notes = [
      ...(report.readInPart.length === 0 ? [] : [readInPartNote(report.readInPart)]),
      ...(idle === undefined ? [] : [idle]),
    ];
    const worst = worstFirst(evidence);
    const answerWith = (count: number) =>
      JSON.stringify({
        results: worst.slice(0, count),
        results_left_out: worst.length - Math.min(count, worst.length),
        files_analyzed: report.filesAnalyzed,
        files_only_scanned: report.filesOnlyScanned,
        files_skipped: skipped.length,
        read_in_part: report.readInPart,
        not_covered: report.notCovered,
        without_pack: kindsOf(report.withoutPack),
        rules_applied: report.rulesApplied,
        looked_at: report.lookedAt,
        left_out_by_comments: leftOut,
      });
    return {
      text: longestWithin(answerWith, maxResults, Math.max(maxOutputChars, maxResults * 1_000)),
      summary: `analyzed ${counted(report.filesAnalyzed, 'file')}: ${counted(evidence.length, 'result')}`,
      evidence,
      skipped,
      filesJudged: report.filesAnalyzed + report.filesOnlyScanned,
      leftOut,
      redacted,
      ...(notes.length === 0 ? {} : { notes }),
    };
  },
});

/** How many files there are of each kind, by extension or, without one, by name, the most first. */
function kindsOf(files: readonly string[]): { kind: string; files: number }[] {
  const kinds = Map.groupBy(files, (file) => path.posix.extname(file) || path.posix.basename(file));
  return [...kinds]
    .map(([kind, { length }]) => ({ kind, files: length }))
    .sort((a, b) => b.files - a.files)
    .slice(0, maxNamed);
}

/** Most files named in a note; the answer to the model names all. */
const maxNamed = 10;

function readInPartNote(places: readonly { file: string; line: number }[]): string {
  const named = places.slice(0, maxNamed).map(({ file, line }) => `${file}:${line}`);
  const more = places.length > named.length ? ` and ${places.length - named.length} more` : '';
  return `Read in part, because of a syntax error or of syntax that the parser does not know, first at ${named.join(', ')}${more}: rules may miss what is there.`;
}

/** Between quotes: a key that is cut in one does not go on in the next. */
const between = '\n;\n';

/**
 * Evidence with the secrets in its quotes masked, before it is stored or put into JSON, whose escapes would hide them.
 * All quotes at once; each line is masked for itself.
 */
async function withoutSecrets(
  given: readonly Evidence[],
  { redact }: Pick<ToolContext, 'redact'>,
): Promise<{ evidence: Evidence[]; redacted: number }> {
  const { text } = await redact(given.map(({ quote }) => quote).join(between));
  const lines = text.split('\n');
  let at = 0;
  const evidence = given.map((item) => {
    const end = at + item.quote.split('\n').length;
    const quote = lines.slice(at, end).join('\n');
    at = end + 1;
    return { ...item, quote };
  });
  return { evidence, redacted: countMarks(text) };
}

/** Fewer results where they are too long, never half of the JSON. */
function longestWithin(answerWith: (count: number) => string, most: number, maxChars: number): string {
  let count = most;
  let answer = answerWith(count);
  while (answer.length > maxChars && count > 0) {
    count = Math.floor(count / 2);
    answer = answerWith(count);
  }
  return answer;
}

const order = { critical: 0, high: 1, medium: 2, low: 3 } as const;

function worstFirst(evidence: readonly Evidence[]): Evidence[] {
  return [...evidence].sort((a, b) => order[a.severity] - order[b.severity]);
}
