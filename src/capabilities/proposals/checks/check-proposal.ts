import { hiddenCharacter, isAppError, lineProblem } from '../../../kernel/index.ts';
import type { SecretScan } from '../../approvals/index.ts';
import {
  assertStandardName,
  checkDraft,
  hashOfStandard,
  parseStandard,
  type StandardDocument,
} from '../../standards/index.ts';
import type { ProposalInput, Stamps } from '../desk/proposal-input.ts';
import { proposalErrors } from '../errors.ts';
import { composeText } from './compose-text.ts';

/** A text that may be stored and shown. */
export interface CheckedText {
  text: string;
  textHash: string;
  document: StandardDocument;
  claimedApprover: string | null;
}

/** What the checks need. */
export interface CheckContext {
  scanForSecrets: SecretScan;
  /** Largest text, bytes. */
  maxTextBytes: number;
}

/**
 * Checks a proposal in this order: names, size, hidden characters, secrets, lines beside the text, front matter, sections. Nothing of it is
 * stored or logged before it has passed, and no error repeats a secret.
 * Errors: `standards.bad_name`, `standards.bad_front_matter`, `proposals.too_large`, `proposals.not_text`,
 * `proposals.secret`, `proposals.bad_line`, `proposals.said_twice`, `proposals.incomplete`,
 * `proposals.retired`.
 */
export async function checkProposal(
  input: ProposalInput,
  stamps: Stamps,
  context: CheckContext,
): Promise<CheckedText> {
  await checkNames(input, context);
  const { domain, topic } = input;
  const id = `${domain}/${topic}`;
  refuseTooLarge(id, input.text, context.maxTextBytes);
  const found = hiddenCharacter(input.text);
  if (found !== undefined) throw proposalErrors.make('proposals.not_text', { id, ...found });
  await refuseSecrets(input, context);
  refuseUnseen(id, input);
  const { text, addedLines, claimedApprover } = await composeText(input, stamps);
  refuseTooLarge(id, text, context.maxTextBytes);
  const problems = (await checkDraft(text, { domain, topic })).filter(({ severity }) => severity === 'error');
  if (problems.length > 0) {
    const lines = problems.map(({ line, message }) => `line ${Math.max(1, line - addedLines)}: ${message}`);
    throw proposalErrors.make('proposals.incomplete', { id, problems: lines });
  }
  const document = await parseStandard(text, { domain, topic });
  refuseRetired(id, document, addedLines);
  return { text, textHash: hashOfStandard(text), document, claimedApprover };
}

/** Retiring is an act of its own; a proposal that says it would be written as a standard that never held. */
function refuseRetired(id: string, { frontMatter, keyLines, status }: StandardDocument, addedLines: number) {
  const keys = ['status', 'retired_because', 'replaced_by'].filter(
    (key) => (frontMatter[key] ?? null) !== null && (key !== 'status' || status === 'retired'),
  );
  if (keys.length === 0) return;
  const line = Math.max(1, Math.min(...keys.map((key) => keyLines[key] ?? 1)) - addedLines);
  throw proposalErrors.make('proposals.retired', { id, keys, line });
}

function refuseTooLarge(id: string, text: string, limitBytes: number): void {
  const sizeBytes = Buffer.byteLength(text);
  if (sizeBytes > limitBytes) throw proposalErrors.make('proposals.too_large', { id, sizeBytes, limitBytes });
}

/** The error about a name repeats it, so a name that cannot be one is first looked at for secrets. */
async function checkNames({ domain, topic }: ProposalInput, { scanForSecrets }: CheckContext): Promise<void> {
  try {
    assertStandardName(domain, topic);
  } catch (error) {
    if (!isAppError(error)) throw error;
    for (const [place, name] of Object.entries({ domain, topic })) {
      const [secret] = await scanForSecrets(name.slice(0, 10_000));
      if (secret !== undefined) throw proposalErrors.make('proposals.secret', { place, kind: secret.kind });
    }
    throw error;
  }
}

/** Lines of what is beside the text that a person is shown as lines. */
function linesOf({ createdBy, claimedApprover, fromJob, note, ...given }: ProposalInput) {
  const { tags = [], appliesTo = [], questions = [], checks = [], evidence = [] } = given;
  return {
    created_by: [createdBy],
    approved_by: [claimedApprover],
    from_job: [fromJob],
    note: [note],
    tags,
    applies_to: appliesTo,
    questions,
    check: checks.flatMap((check) => ('uses' in check ? [check.uses] : [check.message, check.reference])),
    evidence: evidence.map(({ file }) => file),
  };
}

/** Refuses what would stand before a person as another line than it is, or not be seen, in what is beside the text. */
function refuseUnseen(id: string, input: ProposalInput): void {
  const refuse = (field: string, reason: string | undefined) => {
    if (reason !== undefined) throw proposalErrors.make('proposals.bad_line', { id, field, reason });
  };
  for (const [field, lines] of Object.entries(linesOf(input)))
    for (const line of lines) refuse(field, line === undefined ? undefined : lineProblem(line));
  // A rule and a quote may have several lines, and stand in the file all the same.
  for (const [field, value] of Object.entries({ check: input.checks, evidence: input.evidence })) {
    const found = leavesOf(value)
      .map(hiddenCharacter)
      .find((one) => one !== undefined);
    refuse(field, found && `it holds ${found.found}; take it out`);
  }
}

async function refuseSecrets(input: ProposalInput, { scanForSecrets }: CheckContext): Promise<void> {
  const [inText] = await scanForSecrets(input.text);
  if (inText !== undefined) {
    const facts = { place: `line ${inText.line} of the text`, kind: inText.kind };
    throw proposalErrors.make('proposals.secret', facts);
  }
  const { createdBy, claimedApprover, tags, appliesTo, checks, evidence, questions, fromJob, note } = input;
  const beside = {
    created_by: createdBy,
    approved_by: claimedApprover,
    tags,
    applies_to: appliesTo,
    check: checks,
    evidence,
    questions,
    from_job: fromJob,
    note,
  };
  for (const [place, value] of Object.entries(beside)) {
    for (const text of textsOf(value)) {
      const [secret] = await scanForSecrets(text);
      if (secret !== undefined) throw proposalErrors.make('proposals.secret', { place, kind: secret.kind });
    }
  }
}

/** Every text in a value; together first, since a name and its secret may stand in neighbouring fields. */
function textsOf(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  return typeof value === 'string' ? [value] : [JSON.stringify(value), leavesOf(value).join('\n')];
}

function leavesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(leavesOf);
}
