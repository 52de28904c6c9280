import type { CallToolResult } from '@modelcontextprotocol/server';
import { isAppError, kernelErrors, type AppError } from '../../../kernel/index.ts';

/**
 * A call's output in both forms that clients show their model: some hand on only the structured content, some only
 * the text, so each is complete. A text that runs over several lines (a review) is set below the rest as it is:
 * inside JSON it would be one escaped line, harder to read and about a tenth longer.
 */
export function toolResult(output: Record<string, unknown>): CallToolResult {
  let text = textsOf.get(output);
  if (text === undefined) textsOf.set(output, (text = textOf(output)));
  return { content: [{ type: 'text', text }], structuredContent: output };
}

/** By output: a job that has ended is asked for again and again, and gives the same object each time. */
const textsOf = new WeakMap<object, string>();

/** A failed call of a tool: `code: what happened. What to do.` as text, and the same as data. */
export function toolFailure(failure: AppError, tool: string): CallToolResult {
  const error = inToolTerms(failure, tool);
  return {
    content: [{ type: 'text', text: error.line }],
    structuredContent: { error: error.toWire() },
    isError: true,
  };
}

/** What is wrong with an operation's input is told of the tool that was called. */
function inToolTerms(error: AppError, tool: string): AppError {
  const { problems } = error.details as { problems?: readonly string[] };
  if (!isAppError(error, 'input.invalid') || problems === undefined) return error;
  return kernelErrors.make('input.invalid', { operation: tool, problems });
}

function textOf(output: Record<string, unknown>): string {
  const fields: Record<string, unknown> = {};
  let texts = '';
  for (const [name, value] of Object.entries(output)) {
    if (typeof value === 'string' && value.includes('\n')) texts += `\n\n${name}:\n${value}`;
    else fields[name] = value;
  }
  return JSON.stringify(fields) + texts;
}
