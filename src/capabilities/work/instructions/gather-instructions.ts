import { counted, isAppError } from '../../../kernel/index.ts';
import type { ProjectFiles } from '../../../platform/files/index.ts';
import type { Job } from '../../jobs/index.ts';
import type { Persona } from '../../personas/index.ts';
import type { StandardHit, StandardsSearch } from '../../standards/index.ts';
import type { JobMaterial } from '../scope/material-of-job.ts';
import { isCitable, notApproved, type StandardsInUse } from '../standards/standards-in-use.ts';
import { coreRules } from './core-rules.ts';
import { countMarks, redactedNote } from '../tools/redacted-marks.ts';
import { buildInstructions, type InstructionPart, type InstructionStack } from './instruction-stack.ts';

export interface InstructionSources {
  job: Job;
  persona: Persona;
  material: JobMaterial;
  standards: StandardsSearch;
  standardsInUse: StandardsInUse;
  redact: (text: string) => Promise<{ text: string; redacted: number }>;
  countTokens: (text: string) => number;
  maxTokens: number;
}

/** Where a project says what agents should know of it; the first that can be read is used. */
const projectInstructionFiles = ['AGENTS.md', 'CLAUDE.md'];

/** Standards given with the task, without being asked for. */
const pushedStandards = 3;

/** Standards looked at for it: some are for other files, or not approved. */
const candidateStandards = 10;

/**
 * Collects all that a persona is told, redacts secrets, and fits it into the budget. Only Troupe's own words and what a
 * person approved (the persona, standards) become system text; what anybody may have written is fenced in the message,
 * before the task, which has the last word.
 */
export async function gatherInstructions(sources: InstructionSources): Promise<InstructionStack> {
  const { job, persona, material } = sources;
  const notes: string[] = [];
  const standards = await standardParts(sources);
  const parts: InstructionPart[] = [
    { part: 'core rules', source: 'built in', text: coreRules, place: 'system', rank: 0 },
    {
      part: 'persona',
      source: `${persona.layer}: ${persona.name}`,
      text: persona.body,
      place: 'system',
      rank: 0,
    },
    ...standards.filter(({ place }) => place === 'system'),
    ...(await projectPart(material.files, notes)),
    ...standards.filter(({ place }) => place !== 'system'),
    ...contextPart(job, material),
    { part: 'task', source: job.caller, text: taskText(job.task, material), place: 'message', rank: 0 },
  ];
  for (const part of parts) {
    if (part.part === 'core rules') continue;
    const clean = await sources.redact(part.text);
    const { text } = clean;
    // What the caller gave was masked when the job was made.
    const isGiven = part.part === 'task' || part.part === 'context';
    const redacted = isGiven ? countMarks(text) : clean.redacted;
    const note = redactedNote(redacted, part.part);
    if (note !== undefined) notes.push(note);
    part.text = text;
  }
  const stack = buildInstructions(parts, {
    maxTokens: sources.maxTokens,
    setting: 'work.max_instruction_tokens',
    countTokens: sources.countTokens,
  });
  return { ...stack, notes: [...notes, ...stack.notes] };
}

function taskText(task: string, material: JobMaterial): string {
  const { scope, listing, linesAre, lines, notJudged, notes } = material;
  const parts = [
    `Task: ${task}`,
    `Scope: ${scope.stated}, ${counted(listing.files.length, 'text file')}.`,
    ...(scope.missing.length === 0 ? [] : [`Not found: ${scope.missing.join(', ')}.`]),
    ...(linesAre === undefined || lines.size === 0
      ? []
      : [`Judge the lines ${linesAre}; read what they need.`]),
    ...notes,
    ...(material.isInProject
      ? []
      : [
          'read_file, list_files and run_analyzers show that; grep_files leaves these files out, git_diff shows what lies on disk.',
        ]),
    ...(notJudged === undefined ? [] : [`Report no finding in what cannot be compared: ${notJudged}`]),
  ];
  return parts.join('\n');
}

function contextPart(job: Job, { usesContext }: JobMaterial): InstructionPart[] {
  if (job.context === null || job.context.trim() === '') return [];
  const label = usesContext
    ? 'Context given with the task, which the task is about'
    : 'Context given with the task';
  return [{ part: 'context', source: job.caller, text: job.context, place: { material: label }, rank: 1 }];
}

async function projectPart(files: ProjectFiles, notes: string[]): Promise<InstructionPart[]> {
  for (const path of projectInstructionFiles) {
    const file = await files.readText(path).catch((error: unknown) => {
      if (!isAppError(error)) throw error;
      if (error.code !== 'files.not_found') notes.push(`${path} was not read: ${error.message}`);
      return undefined;
    });
    if (file === undefined || file.text.trim() === '') continue;
    const place = { material: `What the project says about itself (${path})` };
    return [{ part: 'project instructions', source: path, text: file.text, place, rank: 3 }];
  }
  return [];
}

/**
 * The standards that match the task and are made for files of its scope; those that a person approved, or that ship,
 * first. Others are marked as what they are.
 */
async function standardParts(sources: InstructionSources): Promise<InstructionPart[]> {
  const { job, material, standards, standardsInUse } = sources;
  const files = material.listing.files.map(({ path }) => path);
  // One file can be weighed by the search itself; which standards are for a whole folder is seen afterwards.
  const path = files.length === 1 ? files[0] : undefined;
  const { results } = await standards.search(job.task, { limit: candidateStandards, path });
  const fitting: StandardHit[] = [];
  for (const hit of results) if (await standardsInUse.isFor(hit.id, files)) fitting.push(hit);
  const held = fitting.filter(({ approval }) => isCitable(approval));
  const others = fitting.filter(({ approval }) => !isCitable(approval));
  return [...held, ...others].slice(0, pushedStandards).map((hit) => ({
    part: 'standard',
    source: `${hit.file}:${hit.line}`,
    ...textOf(hit),
    rank: 2,
  }));
}

/** A citation quotes a heading; that of a text nobody approved goes inside the fence. */
function textOf({ citation, approval, content }: StandardHit): Pick<InstructionPart, 'text' | 'place'> {
  if (isCitable(approval)) {
    return { text: `Standard that holds here, ${citation}:\n${content}`, place: 'system' };
  }
  const material = `Unapproved text about standards ${notApproved(approval)}`;
  return { text: `${citation}\n${content}`, place: { material } };
}
