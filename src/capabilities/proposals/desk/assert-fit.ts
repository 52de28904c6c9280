import { hiddenCharacter } from '../../../kernel/index.ts';
import type { ApprovalRequest } from '../../approvals/index.ts';
import { checkDraft, partsOfId } from '../../standards/index.ts';
import { proposalErrors } from '../errors.ts';

/**
 * Refuses a stored text that would be refused today if it were proposed: one of an older version, which checked less.
 * Approved, it would be a file that Troupe itself calls wrong, and that nobody else could adopt.
 * Errors: `proposals.unfit`.
 */
export async function assertFit(
  { number, subjectId: id }: Pick<ApprovalRequest, 'number' | 'subjectId'>,
  text: string,
): Promise<void> {
  const hidden = hiddenCharacter(text);
  const found = hidden === undefined ? [] : [{ line: hidden.line, message: `there is ${hidden.found}` }];
  const errors = (await checkDraft(text, partsOfId(id))).filter(({ severity }) => severity === 'error');
  const problems = [...found, ...errors].map(({ line, message }) => `line ${line}: ${message}`);
  if (problems.length > 0) throw proposalErrors.make('proposals.unfit', { number, id, problems });
}
