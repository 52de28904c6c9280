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
  // Each line with its line end.
  const lines = text.slice(mark.length).match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
  const lineEnd = /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
  const added = [
    'status: retired',
    `retired_because: ${yamlString(because)}`,
    ...(replacedBy === null ? [] : [`replaced_by: ${yamlString(replacedBy)}`]),
  ].map((line) => `${line}${lineEnd}`);
  const bare = (line: string) => line.replace(/[\r\n]+$/, '');
  const end = lines.findIndex((line, index) => index > 0 && isFence(bare(line)));
  if (!isFence(bare(lines[0] ?? '')) || end === -1) {
    return [mark, `---${lineEnd}`, ...added, `---${lineEnd}`, ...lines].join('');
  }
  const kept = withoutOwnKeys(lines.slice(1, end));
  return [mark, lines[0], ...kept, ...added, ...lines.slice(end)].join('');
}

/** Leaves the keys out, with the lines (empty ones too) that belong to their values. */
function withoutOwnKeys(yaml: readonly string[]): string[] {
  let isOwn = false;
  return yaml.filter((line) => {
    const belongsToLast = /^(?:[ \t]+\S|-(?:\s|$))/.test(line);
    if (line.trim() !== '' && !belongsToLast) isOwn = ownKey.test(line);
    return !isOwn;
  });
}
