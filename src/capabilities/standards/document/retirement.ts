import { isFence } from './split-text.ts';
import { yamlString } from './yaml-string.ts';

const ownKey = /^(?:(["']?)(?:status|retired_because|replaced_by)\1)[ \t]*:(?:[ \t]|\r?\n?$)/;

/**
 * The text with the keys that say it is retired, at the end of its front matter; the same keys from before are
 * replaced. Guarantee: every other byte stays, line ends and byte order mark included.
 */
export function withRetirement(
  text: string,
  { because, replacedBy }: { because: string; replacedBy: string | null },
): string {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const lines = linesOf(text.slice(mark.length));
  const lineEnd = /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
  const added = [
    'status: retired',
    `retired_because: ${yamlString(because)}`,
    ...(replacedBy === null ? [] : [`replaced_by: ${yamlString(replacedBy)}`]),
  ].map((line) => `${line}${lineEnd}`);
  const end = lines.findIndex((line, index) => index > 0 && isFence(bare(line)));
  if (!isFence(bare(lines[0] ?? '')) || end === -1) {
    return [mark, `---${lineEnd}`, ...added, `---${lineEnd}`, ...lines].join('');
  }
  const kept = withoutOwnKeys(lines.slice(1, end));
  return [mark, lines[0], ...kept, ...added, ...lines.slice(end)].join('');
}

/** The text without the keys that say it is retired: what it was before, unless it had some of them then too. */
export function withoutRetirement(text: string): string {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const lines = linesOf(text.slice(mark.length));
  const end = lines.findIndex((line, index) => index > 0 && isFence(bare(line)));
  if (!isFence(bare(lines[0] ?? '')) || end === -1) return text;
  return [mark, lines[0], ...withoutOwnKeys(lines.slice(1, end)), ...lines.slice(end)].join('');
}

/** Each line with its line end. */
const linesOf = (text: string): readonly string[] => text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];

const bare = (line: string) => line.replace(/[\r\n]+$/, '');

/** Leaves the keys out, with the lines (empty ones too) that belong to their values. */
function withoutOwnKeys(yaml: readonly string[]): string[] {
  let isOwn = false;
  return yaml.filter((line) => {
    const belongsToLast = /^(?:[ \t]+\S|-(?:\s|$))/.test(line);
    if (line.trim() !== '' && !belongsToLast) isOwn = ownKey.test(line);
    return !isOwn;
  });
}
