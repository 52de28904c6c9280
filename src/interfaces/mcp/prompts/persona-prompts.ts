import type { GetPromptResult, Prompt } from '@modelcontextprotocol/server';
import { kernelErrors } from '../../../kernel/index.ts';
import { mcpErrors } from '../errors.ts';
import type { ToolWords } from '../tools/tool-words.ts';

/** One prompt for each persona that can be asked; clients show them as slash commands. */
export function personaPrompts({ personas }: ToolWords): Prompt[] {
  return personas.map(({ card }) => ({
    name: card.name,
    title: card.displayName,
    description: card.description,
    arguments: [{ name: 'task', description: 'What to do, such as "review src".', required: true }],
  }));
}

/**
 * The message behind a persona's slash command: the same as writing `@persona task`, with the calls spelled out.
 * Errors: `mcp.unknown_prompt`, `input.invalid` without a task.
 */
export function personaPrompt(words: ToolWords, name: string, task: string | undefined): GetPromptResult {
  const persona = words.personas.find(({ card }) => card.name === name);
  if (persona === undefined) {
    const known = words.personas.map(({ card }) => card.name);
    throw mcpErrors.make('mcp.unknown_prompt', { prompt: name, known });
  }
  if (task === undefined || task.trim() === '') {
    throw kernelErrors.make('input.invalid', {
      operation: `prompt ${name}`,
      problems: ['task: say what to do'],
    });
  }
  const wait =
    words.check === undefined
      ? ''
      : ` Then wait with ${words.check} and wait_seconds: 30 until the job has ended.`;
  const text = `@${name} ${task.trim()}

Call ${persona.ask} with this task; if it names no files, add those meant.${wait} Show the result, each finding with its file:line.`;
  return {
    description: persona.card.displayName,
    messages: [{ role: 'user', content: { type: 'text', text } }],
  };
}
