import { createHash } from 'node:crypto';
import { hiddenCharacter, isAppError, type ErrorCategory } from '../../../kernel/index.ts';
import type { Approvals, SecretScan } from '../../approvals/index.ts';
import {
  brokenChecks,
  checkDraft,
  lineOfCheck,
  partsOfId,
  type LibraryEntry,
  type StandardDocument,
  type StandardsLibrary,
  type TryChecks,
} from '../../standards/index.ts';
import { standardKindName } from '../desk/proposal-desk.ts';
import type { ProposalStore } from '../store/proposal-store.ts';
import { approvedText } from './approved-text.ts';

/** A standard that a person may adopt. */
export interface Adoptable {
  /** Place among all that are not approved, from 1. */
  number: number;
  standard: string;
  file: string;
  title: string;
  lead: string;
  approval: 'unapproved' | 'changed';
  /** What the text says. */
  status: 'active' | 'retired';
  text_hash: string;
  size_bytes: number;
  /** The whole file. */
  text: string;
  /** The text a person approved last, where it is kept. */
  approved_text: string | null;
  /** Who retired it when it had this text; `null` where nobody did, and of a retired text. */
  retired_by: string | null;
  /** When, ISO 8601 in UTC. */
  retired_at: string | null;
}

/** What cannot be adopted, and why. */
export interface NotAdoptable {
  file: string;
  reason: string;
  /** `null` where nothing is wrong: it needs no approval. */
  category: ErrorCategory | null;
}

/** Where adoption reads. */
export interface AdoptionSources {
  library: StandardsLibrary;
  approvals: Approvals;
  store: ProposalStore;
  scanForSecrets: SecretScan;
  tryChecks: TryChecks;
}

/** What a person could adopt: all of it, in order of ids, and what nobody should, each with the reason. */
export async function adoptable(
  sources: AdoptionSources,
): Promise<{ standards: Adoptable[]; skipped: NotAdoptable[] }> {
  const { entries, skipped } = await sources.library.list();
  const readable: Readable[] = [];
  const left: NotAdoptable[] = skipped.map(({ file, reason }) => ({ file, reason, category: 'invalid' }));
  for (const entry of entries) {
    const { file, approval } = entry;
    if (approval !== 'unapproved' && approval !== 'changed') continue;
    const read = await readChecked(sources, entry, approval);
    if ('reason' in read) left.push({ file, ...read });
    else readable.push(read);
  }
  const documents = readable.map(({ standard: { standard: id }, document }) => ({ id, document }));
  const broken = await brokenChecks(documents, sources.tryChecks);
  const standards: Adoptable[] = [];
  for (const { standard, document } of readable) {
    const problems = broken.get(standard.standard) ?? [];
    const lines = problems.map(({ check, reason }) => ({
      line: lineOfCheck(document, check),
      message: reason.replace(/\.$/, ''),
    }));
    if (lines.length > 0) left.push({ file: standard.file, ...noStandard(lines) });
    else standards.push({ ...standard, number: standards.length + 1 });
  }
  return { standards, skipped: left };
}

/** One whose text may be approved, if its `check:` can run. */
interface Readable {
  standard: Omit<Adoptable, 'number'>;
  document: StandardDocument;
}

/** What a person would approve, or why nobody should. */
async function readChecked(
  { library, scanForSecrets, approvals, store }: Omit<AdoptionSources, 'tryChecks'>,
  entry: LibraryEntry,
  approval: 'unapproved' | 'changed',
): Promise<Readable | Omit<NotAdoptable, 'file'>> {
  try {
    const { text, document } = await library.read(entry);
    const hidden = hiddenCharacter(text);
    if (hidden !== undefined) return unfit(`it holds ${hidden.found} in line ${hidden.line}`);
    const [secret] = await scanForSecrets(text);
    if (secret !== undefined) return unfit(`there is a secret in line ${secret.line} (${secret.kind})`);
    const errors = (await checkDraft(text, partsOfId(entry.id))).filter(
      ({ severity }) => severity === 'error',
    );
    if (errors.length > 0) return noStandard(errors);
    const revoked = await approvals.store.revoked(approvals.project, standardKindName, entry.id);
    const { status } = document;
    // That of a retired text was taken back by bringing the standard back.
    const retired = status === 'active' ? revoked.get(document.contentHash) : undefined;
    const standard = {
      standard: entry.id,
      file: entry.file,
      title: document.title,
      lead: document.lead,
      approval,
      status,
      text_hash: document.contentHash,
      size_bytes: Buffer.byteLength(text),
      text,
      approved_text: approval === 'changed' ? await approvedText({ approvals, store }, entry.id) : null,
      retired_by: retired?.by ?? null,
      retired_at: retired === undefined ? null : new Date(retired.at).toISOString(),
    };
    return { standard, document };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { reason: error.message, category: error.category };
  }
}

const noStandard = (problems: readonly { line: number; message: string }[]) => {
  const lines = problems.map(({ line, message }) => `line ${line}: ${message}`);
  return unfit(`it cannot become a standard: ${lines.join('; ')}`);
};

const unfit = (reason: string) => ({ reason, category: 'invalid' as const });

/**
 * Those that are named, by number of the list, id, topic or file, each once; what is named and needs no approval is in
 * `skipped`. Errors: `standards.unknown`, `standards.ambiguous`.
 */
export async function named(
  library: StandardsLibrary,
  found: { standards: readonly Adoptable[]; skipped: readonly NotAdoptable[] },
  names: readonly string[],
): Promise<{ standards: Adoptable[]; skipped: NotAdoptable[] }> {
  const standards = new Set<Adoptable>();
  const skipped = new Map<string, NotAdoptable>();
  for (const name of names) {
    const byNumber = /^\d+$/.test(name) ? found.standards[Number(name) - 1] : undefined;
    const entry = byNumber === undefined ? await library.find(name) : undefined;
    const standard = byNumber ?? found.standards.find((one) => one.standard === entry?.id);
    const file = entry?.file ?? '';
    if (standard !== undefined) standards.add(standard);
    else
      skipped.set(
        file,
        found.skipped.find((one) => one.file === file) ?? { file, reason: whyNot(entry!), category: null },
      );
  }
  return { standards: [...standards], skipped: [...skipped.values()] };
}

const whyNot = ({ layer }: LibraryEntry) =>
  layer === 'universal' ? 'it ships with Troupe' : 'it is approved already, in exactly this text';

/** One hash over all texts of a selection, whatever their order. */
export function selectionHash(standards: readonly Pick<Adoptable, 'standard' | 'text_hash'>[]): string {
  const lines = standards.map((entry) => `${entry.standard} ${entry.text_hash}\n`);
  return createHash('sha256').update(lines.toSorted().join('')).digest('hex');
}
