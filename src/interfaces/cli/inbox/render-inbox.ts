import { onOneLine, quoted } from '../../../kernel/index.ts';
import { table } from '../render/table.ts';

/** A request as the operations give it. */
export interface RequestLine {
  number: number;
  kind: string;
  what: string;
  from: string;
  status: string;
  revision: number;
  text_hash: string;
  outcome: string | null;
  outcome_message: string | null;
}

/** What `inbox.show` gives. */
export interface ShownRequest {
  request: RequestLine;
  revision: number;
  text: string;
  notes: string[];
  revisions: { revision: number; by: string; at: string; because: string | null }[];
  decisions: {
    decision: string;
    revision: number;
    by: string;
    channel: string;
    because: string | null;
    at: string;
  }[];
  shown_before: boolean;
}

/** `troupe inbox`. */
export function renderInbox(output: {
  requests: (RequestLine & { age_seconds: number; hints: string[] })[];
  next_before: number | null;
}): string {
  const { requests, next_before: next } = output;
  if (requests.length === 0) return 'Nothing waits for you.';
  const rows = requests.map((request) => [
    String(request.number),
    onOneLine(request.what),
    onOneLine(request.from),
    ageOf(request.age_seconds),
    onOneLine([stateOf(request), ...request.hints].filter((part) => part !== '').join(', ')),
  ]);
  const more = next === null ? [] : [`More: troupe inbox --before ${next}`];
  return [table([['#', 'what', 'from', 'since', ''], ...rows]), ...more].join('\n');
}

/**
 * `troupe inbox show N`. Nothing that others wrote begins a line as Troupe's own words do: names and reasons stay on their
 * line, and the text is quoted. Safe to print.
 */
export function renderRequest(shown: ShownRequest): string {
  const { request, text, notes, decisions } = shown;
  const state = stateOf(request);
  const head = `${request.number}  ${request.what}, from ${request.from}${state === '' ? '' : `: ${state}`}`;
  const answers = decisions.map(
    ({ decision, revision, by, channel, because, at }) =>
      `${minuteOf(at)}  revision ${revision}: ${decision} by ${by} (${channel})${because === null ? '' : `: ${because}`}`,
  );
  const lines = [...[head, ...notes].map(onOneLine), ...revisionLines(shown), ...answers.map(onOneLine)];
  return [...lines, '', quoted(text)].join('\n');
}

/** Who made each revision and what for; nothing where there is one. */
function revisionLines({ request, revision: shown, revisions }: ShownRequest): string[] {
  if (revisions.length < 2) return [];
  const older =
    shown === request.revision
      ? `the others: troupe inbox show ${request.number} --revision K`
      : `this is an older one, revision ${shown}; the newest is revision ${request.revision}`;
  return [
    `Revisions: ${revisions.length}; ${older}`,
    ...revisions.map(
      ({ revision, by, at, because }) =>
        `  ${onOneLine(`${revision}  ${minuteOf(at)}  by ${by}${because === null ? '' : `, asked for: ${because}`}`)}`,
    ),
  ];
}

const minuteOf = (at: string) => at.slice(0, 16).replace('T', ' ');

function stateOf({ status, outcome, outcome_message: message }: RequestLine): string {
  if (status === 'waiting') return '';
  if (status !== 'approved') return status.replace('-', ' ');
  if (outcome === 'done') return message ?? 'done';
  return `approved, not done yet${message === null ? '' : `: ${message}`}`;
}

/** The largest whole unit: `2 min`, `1 h`, `3 days`. */
function ageOf(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h`;
  const days = Math.floor(seconds / 86_400);
  return `${days} ${days === 1 ? 'day' : 'days'}`;
}
