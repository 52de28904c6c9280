import { counted, defineErrors } from '../../kernel/index.ts';

/** Who decided and when, as facts of an error. */
interface Decided {
  number: number;
  decision: string;
  by: string;
  channel: string;
  at: string;
}

const pastTense: Readonly<Record<string, string>> = {
  approve: 'approved',
  reject: 'rejected',
  'ask-changes': 'sent back for changes',
};

const look = (number: number) => `Look at it with \`troupe inbox show ${number}\`.`;

export const approvalErrors = defineErrors({
  'approvals.unknown': {
    category: 'not-found',
    message: (facts: { given: string; waiting: readonly number[] }) =>
      `There is no request ${facts.given} in the inbox.`,
    remedy: (facts: { given: string; waiting: readonly number[] }) =>
      facts.waiting.length === 0
        ? 'Nothing waits; `troupe inbox --all` lists what was decided.'
        : `Waiting: ${facts.waiting.join(', ')} (\`troupe inbox\`).`,
  },
  'approvals.ambiguous_id': {
    category: 'invalid',
    message: (facts: { given: string; matches: readonly number[] }) =>
      `${facts.given} is the end of several ids: those of requests ${facts.matches.join(', ')}.`,
    remedy: 'Give the number.',
  },
  'approvals.unknown_revision': {
    category: 'not-found',
    message: (facts: { number: number; given: number; newest: number }) =>
      `Request ${facts.number} has no revision ${facts.given}; it has ${facts.newest === 1 ? 'revision 1 only' : `revisions 1 to ${facts.newest}`}.`,
    remedy: (facts: { number: number; given: number; newest: number }) =>
      `Give --revision a number from 1 to ${facts.newest}, or leave it out for the newest.`,
  },
  'approvals.already_decided': {
    category: 'conflict',
    message: (facts: Decided) =>
      `Request ${facts.number} was ${pastTense[facts.decision] ?? facts.decision} by ${facts.by} (${facts.channel}) on ${facts.at}.`,
    remedy: (facts: Decided) => `The first answer stands. ${look(facts.number)}`,
  },
  'approvals.withdrawn': {
    category: 'conflict',
    message: (facts: { number: number; at: string }) =>
      `Request ${facts.number} was withdrawn on ${facts.at}; there is nothing to decide.`,
    remedy: 'Run `troupe inbox` to see what waits.',
  },
  'approvals.old_revision': {
    category: 'conflict',
    message: (facts: { number: number; given: number; current: number }) =>
      `Request ${facts.number} is at revision ${facts.current}; the answer was to revision ${facts.given}.`,
    remedy: (facts: { number: number; given: number; current: number }) =>
      `Read the new one first: \`troupe inbox show ${facts.number}\`.`,
  },
  'approvals.text_differs': {
    category: 'conflict',
    message: (facts: { number: number; shownHash: string; currentHash: string }) =>
      `Request ${facts.number} holds the text ${facts.currentHash.slice(0, 12)}, not the text ${facts.shownHash.slice(0, 12)} that was shown.`,
    remedy: (facts: { number: number; shownHash: string; currentHash: string }) => look(facts.number),
  },
  'approvals.not_shown': {
    category: 'conflict',
    message: (facts: { number: number; revision: number }) =>
      `Revision ${facts.revision} of request ${facts.number} has not been shown to you.`,
    remedy: (facts: { number: number; revision: number }) =>
      `Read it first: \`troupe inbox show ${facts.number}\`.`,
  },
  'approvals.too_many_revisions': {
    category: 'limited',
    message: (facts: { number: number; revision: number; limit: number }) =>
      `Request ${facts.number} is at revision ${facts.revision}; the limit is ${facts.limit} (approvals.max_revisions).`,
    remedy: (facts: { number: number; revision: number; limit: number }) =>
      `Edit it yourself (\`troupe inbox edit ${facts.number}\`), reject it, or raise the limit.`,
  },
  'approvals.asked_already': {
    category: 'conflict',
    message: (facts: { number: number; title: string; from: string }) =>
      `Request ${facts.number} of ${facts.from} already waits for an answer about ${facts.title}.`,
    remedy: (facts: { number: number }) =>
      `Answer that one first (\`troupe inbox show ${facts.number}\`), or choose another name.`,
  },
  'approvals.too_many_waiting': {
    category: 'limited',
    message: (facts: { waiting: number; limit: number }) =>
      `${counted(facts.waiting, 'request')} ${facts.waiting === 1 ? 'waits' : 'wait'} for a person; the limit is ${facts.limit} (approvals.max_waiting).`,
    remedy: 'Let a person answer some (`troupe inbox`), or raise the limit.',
  },
  'approvals.unknown_kind': {
    category: 'unavailable',
    message: (facts: { number: number; kind: string }) =>
      `Request ${facts.number} asks for a ${facts.kind}, which this version of troupe cannot handle.`,
    remedy: 'Update troupe; the request stays as it is.',
  },
  'approvals.not_editable': {
    category: 'invalid',
    message: (facts: { number: number; kind: string }) =>
      `Request ${facts.number} asks for a ${facts.kind}, whose text cannot be changed.`,
    remedy: (facts: { number: number; kind: string }) =>
      `Approve or reject it: \`troupe inbox show ${facts.number}\`.`,
  },
  'approvals.question_expired': {
    category: 'conflict',
    message: () =>
      'The answer came too late, or to a question that was not asked here; nothing was approved.',
    remedy: 'The request stays in the inbox: `troupe inbox`.',
  },
  'approvals.no_text': {
    category: 'invalid',
    message: (facts: { number: number }) => `There is no edited text for request ${facts.number}.`,
    remedy: (facts: { number: number }) =>
      `Run \`troupe inbox edit ${facts.number}\` in a terminal, where an editor can open, or give --text.`,
  },
});
