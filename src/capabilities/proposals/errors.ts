import { counted, defineErrors, onOneLine } from '../../kernel/index.ts';

const figure = (value: number) => value.toLocaleString('en');

export const proposalErrors = defineErrors({
  'proposals.incomplete': {
    category: 'invalid',
    message: (facts: { id: string; problems: readonly string[] }) =>
      `${facts.id} cannot become a standard: ${facts.problems.join('; ')}.`,
    remedy: 'Fix what is named and propose again; `troupe standards template` shows a complete one.',
  },
  'proposals.said_twice': {
    category: 'invalid',
    message: (facts: { id: string; keys: readonly string[] }) =>
      `${facts.id}: ${facts.keys.join(', ')} ${facts.keys.length === 1 ? 'stands' : 'stand'} in the front matter and beside it, and differ${facts.keys.length === 1 ? 's' : ''}.`,
    remedy: 'Say it in one of the two places.',
  },
  'proposals.retired': {
    category: 'invalid',
    message: (facts: { id: string; keys: readonly string[]; line: number }) =>
      `${facts.id} says in line ${facts.line} that it is retired (${facts.keys.join(', ')}), and a proposal is of a standard that is to hold.`,
    remedy: (facts: { id: string; keys: readonly string[] }) =>
      `Leave ${facts.keys.join(', ')} out. A standard that is there is retired by a person: \`troupe standards retire ${facts.id} --because "…"\`.`,
  },
  'proposals.too_large': {
    category: 'limited',
    message: (facts: { id: string; sizeBytes: number; limitBytes: number }) =>
      `The text of ${facts.id} has ${figure(facts.sizeBytes)} bytes; the limit is ${figure(facts.limitBytes)} (approvals.max_text_bytes).`,
    remedy: 'Shorten it: a standard is one rule. Make two of it, or raise the limit.',
  },
  'proposals.not_text': {
    category: 'invalid',
    message: (facts: { id: string; line: number; found: string }) =>
      `The text of ${facts.id} holds ${facts.found} in line ${facts.line}; what a person cannot see, nobody can approve.`,
    remedy: 'Take the character out, or write it as its escape, and propose again.',
  },
  'proposals.bad_line': {
    category: 'invalid',
    message: (facts: { id: string; field: string; reason: string }) =>
      `${facts.field} of ${facts.id} cannot be shown to a person as it is: ${facts.reason}.`,
    remedy: 'Give one line of text that can be seen, and propose again.',
  },
  'proposals.secret': {
    category: 'invalid',
    message: (facts: { place: string; kind: string }) =>
      `There is a secret in ${facts.place} (${facts.kind}); nothing was stored.`,
    remedy: 'Put a placeholder in its place and propose again; change the secret if others may have seen it.',
  },
  'proposals.exists': {
    category: 'conflict',
    message: (facts: { id: string; file: string }) => `${facts.file} exists already and is not overwritten.`,
    remedy: (facts: { file: string }) =>
      `To change that standard, a person edits ${facts.file} and runs \`troupe standards adopt\`; to add one, choose another topic.`,
  },
  'proposals.rejected_before': {
    category: 'conflict',
    message: (facts: { id: string; number: number; by: string; because: string | null }) =>
      `${facts.by} rejected exactly this text of ${facts.id} (request ${facts.number})${facts.because === null ? '' : `: ${onOneLine(facts.because).replace(/\.$/, '')}`}.`,
    remedy: 'That answer is final. Propose something else, or leave it.',
  },
  'proposals.unknown': {
    category: 'not-found',
    message: (facts: { proposalId: string }) => `There is no proposal ${facts.proposalId}.`,
    remedy: '`troupe standards proposals` (or the tool list_proposals) lists them.',
  },
  'proposals.text_changed': {
    category: 'internal',
    message: (facts: { id: string; number: number }) =>
      `The stored text of ${facts.id} is not the one that was approved (request ${facts.number}); nothing was written.`,
    remedy: 'The database was changed by hand. Reject the request and propose the text again.',
  },
  'proposals.unfit': {
    category: 'invalid',
    message: (facts: { number: number; id: string; problems: readonly string[] }) =>
      `Request ${facts.number} (${facts.id}) cannot be approved as it is stored: ${facts.problems.join('; ')}.`,
    remedy: (facts: { number: number }) =>
      `Mend it with \`troupe inbox edit ${facts.number}\`, or reject it (\`troupe inbox reject ${facts.number}\`) and propose it anew.`,
  },
  'proposals.in_the_way': {
    category: 'conflict',
    message: (facts: { file: string; number: number }) =>
      `${facts.file} was made by somebody else meanwhile and is not overwritten.`,
    remedy: (facts: { number: number }) =>
      `Move that file away and run \`troupe inbox approve ${facts.number}\`, give this one another topic with \`troupe inbox edit ${facts.number}\`, or \`troupe inbox reject ${facts.number}\`.`,
  },
  'proposals.outside_folder': {
    category: 'forbidden',
    message: (facts: { file: string; folder: string }) =>
      `${facts.file} would not lie in the project's folder of standards: ${facts.folder} is a link or no folder.`,
    remedy: (facts: { folder: string }) =>
      `Put a real folder in the place of ${facts.folder}; links are not followed.`,
  },
  'proposals.folder_spelling': {
    category: 'conflict',
    message: (facts: { file: string; folder: string; there: string }) =>
      `${facts.file} cannot be written: the folder that is there is spelled ${facts.there}.`,
    remedy: (facts: { folder: string; there: string }) =>
      `Rename it to ${facts.folder}, in git too (\`git mv\` over another name), so that standards are found by one id everywhere.`,
  },
  'proposals.no_name': {
    category: 'invalid',
    message: (facts: { file: string }) => `${facts.file} does not say which standard it is.`,
    remedy:
      'Give --domain and --topic, or write domain and topic in its front matter, or call it {domain}/{topic}.md.',
  },
  'proposals.outside_project': {
    category: 'forbidden',
    message: (facts: { file: string }) =>
      `${facts.file} lies outside the project; only files of the project are read.`,
    remedy:
      'Copy it into the project, to a place that git does not ignore, and name the copy; delete the copy once it is proposed.',
  },
  'proposals.no_source': {
    category: 'invalid',
    message: () => 'There is nothing to propose.',
    remedy:
      'Name a file, or a job whose findings repeat: `troupe standards propose FILE`, `troupe standards propose --from JOB`.',
  },
  'proposals.nothing_repeated': {
    category: 'not-found',
    message: (facts: { jobId: string }) =>
      `No finding of job ${facts.jobId} repeats often enough to make a standard of.`,
    remedy: 'Write one yourself: `troupe standards template` prints its frame.',
  },
  'proposals.selection_changed': {
    category: 'conflict',
    message: (facts: { count: number }) =>
      `What there is to adopt changed after it was shown to you: it is ${counted(facts.count, 'standard')} now.`,
    remedy: 'Look at them again: `troupe standards adopt NAME…` shows each whole and asks.',
  },
});
