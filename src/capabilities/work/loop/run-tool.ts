import { isAppError } from '../../../kernel/index.ts';
import { workErrors } from '../errors.ts';
import { maskedNote } from '../tools/redacted-marks.ts';
import type { ToolContext, ToolOutput, WorkTool } from '../tools/work-tool.ts';
import type { ToolRecord, ToolRequest } from './history.ts';

/**
 * Runs one call of the model. What the model did wrong (unknown tool, bad input, a path outside the project) is an
 * answer to the model, not the end of the job.
 */
export async function runTool(
  request: ToolRequest,
  tools: readonly WorkTool[],
  context: ToolContext,
  redact: (text: string) => Promise<{ text: string; redacted: number }>,
): Promise<ToolRecord> {
  const { output, failed } = await attempt(request, tools, context);
  const clean = await redact(output.text);
  const redacted = clean.redacted + (output.redacted ?? 0);
  const notes =
    redacted === 0 ? [] : [maskedNote(redacted, seenIn.get(request.name) ?? `what ${request.name} answered`)];
  return {
    requestId: request.id,
    name: request.name,
    input: request.input,
    failed,
    output: { ...output, text: clean.text, notes: [...(output.notes ?? []), ...notes] },
  };
}

/** What a tool shows, in words for people. */
const seenIn: ReadonlyMap<string, string> = new Map([
  ['run_analyzers', 'the quoted code'],
  ['read_file', 'the files that were read'],
  ['grep_files', 'the lines that a search found'],
  ['git_diff', 'the diff'],
  ['search_standards', 'the standards found'],
]);

async function attempt(
  request: ToolRequest,
  tools: readonly WorkTool[],
  context: ToolContext,
): Promise<{ output: ToolOutput; failed: boolean }> {
  try {
    const tool = tools.find(({ name }) => name === request.name);
    if (tool === undefined) {
      throw workErrors.make('work.unknown_tool', {
        tool: request.name,
        known: tools.map(({ name }) => name),
      });
    }
    const input = tool.input.safeParse(request.input);
    const problems = [
      ...unknownArguments(tool, request.input),
      ...(input.error?.issues ?? []).map((issue) =>
        [issue.path.join('.'), issue.message].filter(Boolean).join(': '),
      ),
    ];
    if (!input.success || problems.length > 0)
      throw workErrors.make('work.bad_tool_input', { tool: request.name, problems });
    return { output: await tool.run(input.data, context), failed: false };
  } catch (error) {
    context.signal.throwIfAborted();
    // What failed inside Troupe is no answer: the job ends with it.
    if (!isAppError(error) || error.category === 'internal') throw error;
    return { output: { text: error.line, summary: `${request.name}: ${error.code}` }, failed: true };
  }
}

/** An argument that a tool does not know would change nothing: a search meant for one folder would run over all. */
function unknownArguments({ input }: WorkTool, given: unknown): string[] {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return [];
  const known = Object.keys(input.shape);
  const unknown = Object.keys(given).filter((name) => !known.includes(name));
  return unknown.map((name) => `there is no argument "${name}", the arguments are ${known.join(', ')}`);
}
