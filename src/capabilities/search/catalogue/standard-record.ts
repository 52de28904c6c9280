import { createHash } from 'node:crypto';
import type {
  LibraryEntry,
  StandardDocument,
  StandardLayer,
  StandardApproval,
} from '../../standards/index.ts';
import { chunkStandard, type Chunk } from '../chunks/chunk-standard.ts';
import { statementsOf } from '../chunks/statements.ts';

/** What a search needs of one standard; the index stores it as it is. */
export interface StandardRecord {
  id: string;
  file: string;
  layer: StandardLayer;
  approval: StandardApproval;
  retired: boolean;
  /** Id of the standard that stands in the place of a retired one. */
  replacedBy: string | null;
  domain: string;
  title: string;
  lead: string;
  tags: readonly string[];
  appliesTo: readonly string[];
  questions: readonly string[];
  /** What it says one by one, in the place of questions: only of a standard that has none. */
  statements: readonly string[];
  sizeBytes: number;
  chunks: readonly Chunk[];
  /** In the order of `passageTexts`: SHA-256 of each text that gets a vector. */
  passages: readonly string[];
}

/** Counts with each change of what a record holds or how its passages are written. */
export const recordVersion = 3;

export function recordOf(entry: LibraryEntry, document: StandardDocument, sizeBytes: number): StandardRecord {
  const record = {
    id: entry.id,
    file: entry.file,
    layer: entry.layer,
    approval: entry.approval,
    retired: document.status === 'retired',
    replacedBy: document.replacedBy,
    domain: document.domain,
    title: document.title,
    lead: document.lead,
    tags: document.tags,
    appliesTo: document.appliesTo,
    sizeBytes,
    ...searchedTexts(document),
  };
  return { ...record, passages: passageTexts(record).map(hashOfPassage) };
}

type PassageSource = Pick<StandardRecord, 'title' | 'lead' | 'questions' | 'statements' | 'chunks'>;

/** The questions of a standard, or its statements in their place, and its chunks. */
export function searchedTexts(
  document: StandardDocument,
): Pick<StandardRecord, 'questions' | 'statements' | 'chunks'> {
  const { questions } = document;
  const chunks = chunkStandard(document);
  return { questions, statements: questions.length === 0 ? statementsOf(chunks) : [], chunks };
}

/** What gets a vector: the rule in brief, then each question it answers or each statement, then each chunk under its headings. */
export function passageTexts({ title, lead, questions, statements, chunks }: PassageSource): string[] {
  const parts = chunks.map(({ section, text }) => `${section}\n${text}`);
  return [`${title}. ${lead}`, ...questions, ...statements, ...parts];
}

/** Passages before this one belong to the standard as a whole, those from here on to its chunks in order. */
export const firstChunkPassage = ({
  questions,
  statements,
}: Pick<StandardRecord, 'questions' | 'statements'>) => 1 + questions.length + statements.length;

/** SHA-256 of a passage, its first 32 hex digits. */
export const hashOfPassage = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32);
