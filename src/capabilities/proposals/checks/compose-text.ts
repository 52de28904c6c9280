import {
  approvableText,
  parseStandard,
  renderFrontMatter,
  type StandardDocument,
} from '../../standards/index.ts';
import type { ProposalInput, Stamps } from '../desk/proposal-input.ts';
import { proposalErrors } from '../errors.ts';

/** The file as it would be written, without what approval adds. */
export interface ComposedText {
  text: string;
  /** Lines that stand before the first line of what was given; for telling places in the given text. */
  addedLines: number;
  /** An approver that the given front matter names: a claim. */
  claimedApprover: string | null;
}

/**
 * Puts what was given together to one file. A front matter that was given stays as it was written, but for the keys
 * of approval; keys it lacks are added. What stands in both places must agree.
 * Errors: `standards.bad_front_matter`, `standards.bad_name`, `proposals.said_twice`.
 */
export async function composeText(input: ProposalInput, stamps: Stamps): Promise<ComposedText> {
  const { domain, topic } = input;
  const given = await parseStandard(input.text, { domain, topic });
  refuseContradictions(input, given);
  const approvable = approvableText(input.text);
  const known = new Set(Object.keys(given.frontMatter));
  const added = keysOf(renderFrontMatter({ ...rendered(input), createdAt: stamps.createdAt }))
    .map(([key, lines]): [string, readonly string[]] =>
      key === 'last_updated' ? [key, [`last_updated: ${stamps.lastUpdated}`]] : [key, lines],
    )
    .filter(([key]) => !known.has(key))
    .flatMap(([, lines]) => lines);
  const hasFrontMatter = known.size > 0 && approvable.startsWith('---\n');
  const body = approvable.replace(/^\n+/, '');
  const rest = hasFrontMatter ? approvable.slice('---\n'.length) : `---\n\n${body}`;
  const emptyLines = approvable.length - body.length;
  return {
    text: `${['---', ...added].join('\n')}\n${rest}`,
    addedLines: hasFrontMatter ? added.length : added.length + 3 - emptyLines,
    claimedApprover: given.approvedBy,
  };
}

function rendered(input: ProposalInput) {
  const { domain, topic, createdBy, tags, appliesTo, checks, evidence, questions } = input;
  return {
    domain,
    topic,
    createdBy,
    ...(tags === undefined ? {} : { tags: [...tags] }),
    ...(appliesTo === undefined ? {} : { appliesTo: [...appliesTo] }),
    ...(checks === undefined ? {} : { checks: [...checks] }),
    ...(evidence === undefined ? {} : { evidence: [...evidence] }),
    ...(questions === undefined ? {} : { questions: [...questions] }),
  };
}

/** The lines of a rendered front matter, by key. */
function keysOf(frontMatter: string): [key: string, lines: readonly string[]][] {
  const keys: [string, string[]][] = [];
  for (const line of frontMatter.trimEnd().split('\n').slice(1, -1)) {
    const key = /^([a-z_]+):/.exec(line)?.[1];
    if (key === undefined) keys.at(-1)?.[1].push(line);
    else keys.push([key, [line]]);
  }
  return keys;
}

function refuseContradictions(input: ProposalInput, given: StandardDocument): void {
  const pairs: [key: string, written: unknown, beside: unknown][] = [
    ['created_by', given.createdBy, input.createdBy],
    ['tags', given.tags, input.tags],
    ['applies_to', given.appliesTo, input.appliesTo],
    ['questions', given.questions, input.questions],
    ['check', given.checks, input.checks],
    ['evidence', given.evidence, input.evidence],
  ];
  const keys = pairs
    .filter(([key, written, beside]) => Object.hasOwn(given.frontMatter, key) && differ(written, beside))
    .map(([key]) => key);
  if (keys.length > 0)
    throw proposalErrors.make('proposals.said_twice', { id: `${input.domain}/${input.topic}`, keys });
}

const differ = (written: unknown, beside: unknown) =>
  beside !== undefined && JSON.stringify(written) !== JSON.stringify(beside);
