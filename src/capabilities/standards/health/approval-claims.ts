import { approvalKeys } from '../document/approvable-text.ts';
import type { StandardDocument, StandardProblem } from '../document/standard.ts';
import type { StandardReading } from '../library/standards-library.ts';

/**
 * What the front matter says of an approval and no record on this machine bears out. The keys of approval are no part of
 * what is approved, so anybody can write them.
 */
export function claimProblems(
  { frontMatter, keyLines, approvedHash, status }: StandardDocument,
  { approval, approvedHashes }: Pick<StandardReading, 'approval' | 'approvedHashes'>,
): StandardProblem[] {
  const claims = approvalKeys.filter((key) => Object.hasOwn(frontMatter, key));
  const [first] = claims;
  if (first === undefined || approval === 'shipped') return [];
  // It tells of the text before its retirement, which lost its approval with it, as it is to.
  if (status === 'retired' && approval === 'approved') return [];
  const warn = (key: string, message: string): StandardProblem[] => [
    { line: keyLines[key] ?? 1, severity: 'warning', message },
  ];
  if (approval === 'unapproved') {
    const named = claims.map((key) => `"${key}"`).join(', ');
    const claim = claims.length === 1 ? 'is a claim' : 'are claims';
    return warn(
      first,
      `${named} ${claim}: nobody has approved it on this machine; "troupe standards adopt" shows it`,
    );
  }
  if (approvedHash !== null && !approvedHashes.has(approvedHash))
    return warn('approved_hash', '"approved_hash" is that of no text whose approval stands on this machine');
  if (approval === 'changed')
    return warn(first, `it was changed after the approval that "${first}" tells of`);
  return [];
}
