import { onOneLine, quoted, type ErrorCategory } from '../../../kernel/index.ts';
import type { Paint } from '../terminal/paint.ts';
import { renderWholeChange } from './render-changes.ts';

/** A standard that may be adopted, as the operation gives it. */
export interface AdoptableLine {
  number: number;
  standard: string;
  file: string;
  title: string;
  lead: string;
  approval: string;
  status: string;
  /** What to know before deciding, one line each. */
  notes: string[];
  size_bytes: number;
  text: string | null;
  approved_text: string | null;
  retired_by: string | null;
  retired_at: string | null;
}

/** What `standards adopt` gives. */
export interface Adoption {
  standards: AdoptableLine[];
  skipped: { file: string; reason: string; category: ErrorCategory | null }[];
  selection_hash: string;
  adopted: boolean;
  message: string;
}

/** What is not approved, each with its number, size and rule; what cannot be; and what to do. */
export function renderAdoption({ standards, skipped, adopted, message }: Adoption): string {
  const lines = adopted
    ? []
    : standards.map((one) => `${headOf(one)}\n   ${onOneLine(`${one.title}: ${one.lead}`)}`);
  return [...lines, ...skipped.map(renderNotAdoptable), message].join('\n');
}

/** A standard that cannot be adopted, and why. */
export function renderNotAdoptable({ file, reason }: Adoption['skipped'][number]): string {
  return onOneLine(`! ${file}: ${reason}`);
}

/**
 * One standard whole, as it is approved or left: every line of its text, each behind a mark; with them the lines that the
 * text approved before had, where that is kept. Safe to print: what is hidden in it is written out.
 */
export function renderWhole(one: AdoptableLine, paint: Paint): string {
  const text = plain(one.text);
  const before = one.approved_text;
  const whole = before === null ? quoted(text) : renderWholeChange(plain(before), text, paint);
  const rule = '─'.repeat(20);
  const head = [headOf(one), ...one.notes.map(onOneLine)].join('\n');
  return `${rule}\n${head}\n${rule}\n${whole}\n${rule}`;
}

const plain = (text: string | null) => (text ?? '').replaceAll('\r\n', '\n').trimEnd();

function headOf(one: AdoptableLine) {
  const { number, file, size_bytes: sizeBytes, retired_by: by, retired_at: at } = one;
  const marks = one.approved_text === null ? '' : ': - and + mark the changes';
  const since = one.approval === 'changed' ? `, changed since it was approved${marks}` : '';
  const retiring =
    one.status === 'retired' ? `${since}, says retired: with it no earlier text stays approved` : since;
  const retired = by === null ? retiring : `, this text was retired by ${by} on ${(at ?? '').slice(0, 10)}`;
  return onOneLine(`${number}  ${file} (${sizeBytes.toLocaleString('en')} bytes${retired})`);
}
