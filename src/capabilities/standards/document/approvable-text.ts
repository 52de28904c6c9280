import { createHash } from 'node:crypto';
import { isFence, splitText } from './split-text.ts';
import { yamlString } from './yaml-string.ts';

/** The keys that approval writes; they are no part of what is approved. */
export const approvalKeys = ['approved_by', 'approved_at', 'approved_hash'] as const;

/**
 * One key of approval with a plain or quoted value on its line. Anything that could carry meaning elsewhere (anchors,
 * tags, block and flow values) does not match, stays in the approvable text and so cannot change without being seen.
 */
const approvalLine =
  /^(?:approved_(?:by|at|hash)|"approved_(?:by|at|hash)"|'approved_(?:by|at|hash)')[ \t]*:(?:[ \t]+(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'&*!|>{}[\],#?%@`-][^#]*?|))?(?:[ \t]+#.*)?[ \t]*$/;

/**
 * The text that an approval is about: all of it, without the keys that approval writes.
 *
 * Guarantee: the same whatever the line ends, with or without byte order mark, approval keys and further empty lines
 * at the end; any other difference stays. Parsing it gives the same data as parsing `text`, but for those keys.
 */
export function approvableText(text: string): string {
  const { yaml, body } = splitText(text);
  const kept = yaml?.filter((_line, index) => !isApprovalLine(yaml, index)) ?? [];
  const isEmpty = kept.every((line) => line.trim() === '');
  // An empty front matter is none, unless the body would then be taken for one.
  const lines = isEmpty && !isFence(body[0] ?? '') ? body : ['---', ...(isEmpty ? [] : kept), '---', ...body];
  return `${lines.join('\n').replace(/\n+$/, '')}\n`;
}

/** SHA-256 of the approvable text, 64 hex digits. Approval hangs on it. */
export function hashOfStandard(text: string): string {
  return createHash('sha256').update(approvableText(text), 'utf8').digest('hex');
}

/**
 * The text with who approved it, when (ISO 8601) and the hash of exactly what was approved.
 * Guarantee: `approvableText` of it is `approvableText(text)`. `text` has passed `checkDraft`.
 */
export function withApproval(
  text: string,
  { approvedBy, approvedAt }: { approvedBy: string; approvedAt: string },
): string {
  const approved = approvableText(text);
  const { yaml, body } = splitText(approved);
  const lines = [
    '---',
    ...(yaml ?? []),
    `approved_by: ${yamlString(approvedBy)}`,
    `approved_at: ${yamlString(approvedAt)}`,
    `approved_hash: ${yamlString(hashOfStandard(text))}`,
    '---',
    ...body,
  ];
  return lines.join('\n');
}

/**
 * Whether the line holds an approval key and nothing of the next line belongs to it. Before an empty line or an indented
 * remark it does not count: without it, these would become the end of a text block above.
 */
export function isApprovalLine(yaml: readonly string[], index: number): boolean {
  if (!approvalLine.test(yaml[index]!)) return false;
  if (/^(?:[ \t]*|[ \t]+#.*)$/.test(yaml[index + 1] ?? 'end')) return false;
  const next = yaml.slice(index + 1).find((line) => !/^[ \t]*(?:#.*)?$/.test(line));
  return next === undefined || !/^(?:[ \t]|-(?:[ \t]|$))/.test(next);
}
