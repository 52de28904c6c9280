import { errorResponsesChecks } from './error-responses-checks.ts';
import { errorResponsesExample } from './error-responses-example.ts';
import type { DraftedStandard } from '../standards/draft.ts';
import type { FlaggedPlace } from './repeated-pattern.ts';

/** The rule that compares how a program answers with errors. */
export const errorResponsesFamily = 'architecture/error-responses';

/**
 * The draft for error answers of different shapes. The shape it asks for is the one the program answers in most, which a
 * person may change before approving. One rule of its own tells a departing line without a look at all others.
 */
export function errorResponsesDraft(
  draft: DraftedStandard,
  places: readonly FlaggedPlace[],
): DraftedStandard {
  const usual = places.find((place) => place.usual !== undefined)?.usual ?? '{ error }';
  const key = /\w+/.exec(usual)?.[0] ?? 'error';
  const holdsObject = usual.includes('…');
  return {
    ...draft,
    title: 'One shape for error responses',
    lead: `Answer every failure with a status of 400 or more and a JSON body of one shape, \`${usual}\`, built by one function.`,
    context: [
      'A caller has to tell success from failure, and one failure from another, in the same way at every endpoint. Where handlers answer each in their own shape, every caller carries a case for each of them, and a failure that is answered with status 200 passes for a success in retries, proxies and dashboards.',
      `When this was proposed, ${places.length} answers departed from \`${usual}\`, which more answers have than any other shape. Another shape, such as the problem details of RFC 9457, can be chosen before this is approved; what matters is that there is one.`,
    ].join('\n\n'),
    pattern: [
      `1. The body of a failure is \`${usual}\`; more fields may stand beside it, none in its place.`,
      '2. The status says that it failed: 400 for what the caller sent, 401 and 403 for who it is, 404 for what is not there, 409 for a conflict, 500 for a fault of ours. Never 200.',
      '3. One function builds the answer from an error. Handlers throw or return errors; they build no bodies.',
      '4. The text is for people and names what was wrong. No stack trace, no text of an exception of the database.',
    ].join('\n'),
    examples: errorResponsesExample(places, { key, holdsObject }),
    anti_patterns: [
      '- Status 200 with `{ ok: false }` or `{ success: false }` inside.',
      '- Plain text or HTML from an endpoint that otherwise answers JSON.',
      `- The same failure under another key, such as \`message\` here and \`${key}\` there, or as an object here and a text there.`,
      '',
      draft.anti_patterns,
    ].join('\n'),
    when_to_revisit: [
      '- A public API is published: then choose problem details (RFC 9457) with stable codes.',
      '- Callers need to tell failures of one status apart: add a stable `code` beside the text.',
    ].join('\n'),
    sources: '- RFC 9457, Problem Details for HTTP APIs\n- RFC 9110, HTTP Semantics, section 15',
    tags: ['api', 'errors', 'http', 'status-codes'],
    questions: [
      'How should an endpoint report an error?',
      'Which status and body does a failed request get?',
      'How do I answer when something is not found?',
    ],
    check: [...draft.check, ...errorResponsesChecks(places, { key, holdsObject })],
  };
}
