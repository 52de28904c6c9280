import { parse } from 'yaml';

/** When a program reads a rule: always, for files that match a glob, or when its agent finds it to fit. */
export interface RuleScope {
  mode: 'always' | 'files' | 'agent';
  globs: string[];
  body: string;
}

/** The readers below follow what each program's documentation says of its files; they share nothing with the writers. */
function split(text: string): { front: string | undefined; body: string } {
  const found = /^---\n([\s\S]*?)\n---\n/.exec(text);
  return found === null
    ? { front: undefined, body: text }
    : { front: found[1]!, body: text.slice(found[0].length) };
}

/** Cursor: `key: value` lines, taken bare; globs separated by commas. */
export function readCursorRule(text: string): RuleScope & { description: string } {
  const { front, body } = split(text);
  const fields = new Map(
    (front ?? '')
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const globs = (fields.get('globs') ?? '')
    .split(',')
    .map((glob) => glob.trim())
    .filter((glob) => glob !== '');
  const always = fields.get('alwaysApply') === 'true';
  const mode = always ? 'always' : globs.length > 0 ? 'files' : 'agent';
  return { mode, globs, body, description: fields.get('description') ?? '' };
}

/** Claude Code: YAML with a list `paths`; no front matter means always. */
export function readClaudeRule(text: string): RuleScope {
  const { front, body } = split(text);
  if (front === undefined) return { mode: 'always', globs: [], body };
  const { paths } = parse(front) as { paths: string[] };
  return { mode: 'files', globs: paths, body };
}

/** Copilot: YAML with one text `applyTo`, globs separated by commas. */
export function readCopilotInstructions(text: string): RuleScope {
  const { front, body } = split(text);
  const { applyTo } = parse(front ?? '') as { applyTo: string };
  const globs = applyTo.split(',').map((glob) => glob.trim());
  return globs.includes('**') ? { mode: 'always', globs: [], body } : { mode: 'files', globs, body };
}
