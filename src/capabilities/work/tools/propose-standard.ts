import { z } from 'zod';
import { counted, lineProblem } from '../../../kernel/index.ts';
import type { StandardCheckRule } from '../../standards/index.ts';
import type { ProposedStandard } from '../contract/index.ts';
import { workErrors } from '../errors.ts';
import { draftText, partHeadings, type StandardDraftParts } from '../standards/draft.ts';
import { checkEvidence } from '../standards/proposal-evidence.ts';
import { workTool, type ToolContext } from './work-tool.ts';

/** Standards that a draft is compared with before it is handed in. */
const nearbyShown = 3;

const markdown = (what: string) => z.string().min(1).max(8_000).describe(what);

const checkRule = z.union([
  z.strictObject({ uses: z.string().min(3).max(200).describe('Rule or family of run_analyzers.') }),
  z.strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
      .max(80),
    language: z.string().min(1).max(40),
    severity: z.enum(['critical', 'high', 'medium', 'low']),
    message: z.string().min(1).max(300),
    rule: z.record(z.string(), z.unknown()).describe('An ast-grep rule.'),
    constraints: z.record(z.string(), z.unknown()).default({}),
    utils: z.record(z.string(), z.unknown()).default({}),
  }),
]);

function checkOf(given: z.output<typeof checkRule>): StandardCheckRule {
  if ('uses' in given) return given;
  const { constraints, utils, ...rule } = given;
  return {
    ...rule,
    ...(Object.keys(constraints).length === 0 ? {} : { constraints }),
    ...(Object.keys(utils).length === 0 ? {} : { utils }),
  };
}

const draftInput = z.object({
  domain: z.string().max(80).optional().describe("Folder; the persona's own if left out."),
  topic: z.string().min(1).max(80).describe('File name in kebab-case, such as error-responses.'),
  title: z
    .string()
    .min(3)
    .max(120)
    .superRefine((value, context) => {
      const problem = lineProblem(value);
      if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
    })
    .describe('The subject in a few words.'),
  lead: z.string().min(10).max(1_000).describe('The rule itself in one or two sentences, imperative.'),
  context: markdown('Why it matters here.'),
  pattern: markdown('What to do, in steps.'),
  examples: markdown('Right code, fenced.'),
  anti_patterns: markdown('Wrong code, and what goes wrong.'),
  when_to_revisit: markdown('What would make the rule wrong.'),
  sources: z.string().max(2_000).optional().describe('Public sources.'),
  tags: z.array(z.string().max(50)).max(6).default([]).describe('Kebab-case.'),
  applies_to: z.array(z.string().max(200)).max(20).default([]).describe('Globs; everywhere if left out.'),
  questions: z.array(z.string().max(200)).max(6).default([]).describe('Questions it answers.'),
  evidence: z
    .array(
      z.object({
        file: z.string().min(1).describe('Project-relative path.'),
        line: z.int().min(1).describe('From 1.'),
        quote: z.string().max(2_000).describe('The line as it stands there.'),
      }),
    )
    .min(1)
    .max(20)
    .describe('Places you saw, good or bad.'),
  check: z.array(checkRule).max(5).default([]).describe('What checks it.'),
});

export const proposeStandardTool = workTool({
  name: 'propose_standard',
  description:
    'Propose a standard for a pattern that stands at several places. A person decides in the inbox; nothing is written. Search the standards first.',
  phase: 'analyzing',
  input: draftInput,
  async run(draft, context) {
    const { job, maxProposals, proposals } = context;
    if (job.proposed() >= maxProposals) throw workErrors.make('work.proposal_limit', { limit: maxProposals });
    const domain = draft.domain ?? job.domain;
    if (domain === undefined) throw workErrors.make('work.no_domain', { persona: job.persona });
    await refuseSecrets(draft, context);
    await refuseUnknownRules(draft.check, context);
    const { evidence, dropped } = await checkEvidence(draft.evidence, context);
    if (evidence.length === 0) throw workErrors.make('work.no_evidence', { places: dropped });
    const nearby = await standardsNear(draft, context);
    const flagged = flaggedNow(draft.check, context);
    // The same text again is the same proposal: a call that is repeated after a crash makes no second one.
    const receipt = await proposals.propose({
      domain,
      topic: draft.topic,
      text: draftText(draft),
      createdBy: job.persona,
      tags: draft.tags,
      appliesTo: draft.applies_to,
      questions: draft.questions,
      checks: draft.check.map(checkOf),
      evidence,
      fromJob: job.id,
      ...(flagged > evidence.length
        ? { note: `The review flagged ${flagged} places; ${evidence.length} of them are kept as evidence.` }
        : {}),
      ...(job.revises === null ? {} : { replacesRevisionOf: job.revises }),
    });
    const number = receipt.requestNumber;
    const proposal: ProposedStandard = {
      request_number: number,
      proposal_id: receipt.proposalId,
      revision: receipt.revision,
      standard: `${domain}/${draft.topic}`,
      title: draft.title,
      places: evidence.map(({ file, line }) => ({ file, line })),
      flagged_now: flagged,
    };
    const droppedText = dropped.map((place) => `Left out of its evidence: ${place}`);
    return {
      text: [
        `Proposed as request ${number} of the inbox, revision ${receipt.revision}. Nothing is written before a person approves it: \`troupe inbox show ${number}\`, then \`${receipt.approveCommand}\`. Do not cite it.`,
        ...(receipt.flaggedPlaces === null
          ? []
          : [`Its check flags ${counted(receipt.flaggedPlaces, 'place')} of the project now.`]),
        ...(nearby === '' ? [] : [`Standards near to it: ${nearby}.`]),
        ...droppedText,
      ].join('\n'),
      summary: `proposed ${proposal.standard} (request ${number})`,
      proposal,
      notes: droppedText,
    };
  },
});

type Draft = z.output<typeof draftInput>;

async function refuseSecrets(draft: Draft, { redact }: ToolContext): Promise<void> {
  const parts: [part: string, text: string][] = [
    ['title', draft.title],
    ['lead', draft.lead],
    ...Object.keys(partHeadings).map((part): [string, string] => [
      part,
      draft[part as keyof StandardDraftParts] ?? '',
    ]),
    ['tags', draft.tags.join('\n')],
    ['applies_to', draft.applies_to.join('\n')],
    ['questions', draft.questions.join('\n')],
    ['check', JSON.stringify(draft.check)],
  ];
  for (const [part, text] of parts) {
    const clean = await redact(text);
    if (clean.redacted === 0) continue;
    const lines = clean.text.split('\n');
    const at = text.split('\n').findIndex((line, index) => line !== lines[index]);
    throw workErrors.make('work.secret_in_draft', { part, line: Math.max(0, at) + 1 });
  }
}

async function refuseUnknownRules(check: Draft['check'], { describeRule }: ToolContext): Promise<void> {
  for (const rule of check) {
    if ('uses' in rule && (await describeRule(rule.uses)) === undefined)
      throw workErrors.make('work.unknown_rule', { rule: rule.uses });
  }
}

async function standardsNear({ title, lead }: Draft, { standards }: ToolContext): Promise<string> {
  const { results } = await standards.search(`${title}. ${lead}`.slice(0, 1_000), { limit: nearbyShown });
  return [...new Set(results.map(({ citation }) => citation))].join(', ');
}

/** Places of this job that the shipped rules of its check flagged. */
function flaggedNow(check: Draft['check'], { ledger }: ToolContext): number {
  const families = check.flatMap((rule) => ('uses' in rule ? [rule.uses] : []));
  const places = families.flatMap((family) => ledger.flaggedBy(family));
  return new Set(places.map(({ file, line }) => `${file}:${line}`)).size;
}
