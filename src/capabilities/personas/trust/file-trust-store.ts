import { mkdir, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../../../platform/files/index.ts';
import { personaErrors } from '../errors.ts';
import { isSameContent, signatureOf, type FileSignature } from '../file-signature.ts';
import type { TrustKey, TrustRecord, TrustStore } from './trust-store.ts';
import { whileLocked } from './while-locked.ts';

const entrySchema = z.object({
  project: z.string(),
  persona: z.string(),
  content_hash: z.string().regex(/^[0-9a-f]{64}$/),
  trusted_at: z.iso.datetime(),
});

const fileSchema = z.object({ version: z.literal(1), trusted: z.array(entrySchema) });

type TrustFile = z.output<typeof fileSchema>;
type TrustEntry = TrustFile['trusted'][number];
type Reading = { file: TrustFile } | { reason: string };

/**
 * Trust in one JSON file of the user's configuration folder, readable by its owner only. Written as a whole and
 * renamed into place, so a reader never sees half of it; changed by one command at a time, so none loses another's.
 */
export function openFileTrustStore(options: { path: string }): TrustStore {
  const { path } = options;
  let cached: { signature: FileSignature; reading: Reading } | undefined;

  async function load(): Promise<Reading> {
    try {
      const signature = signatureOf(await stat(path, { bigint: true }));
      if (cached !== undefined && isSameContent(cached.signature, signature)) return cached.reading;
      const reading = parse(await readFile(path, 'utf8'));
      cached = { signature, reading };
      return reading;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return { file: { version: 1, trusted: [] } };
      return { reason: code ?? String(error) };
    }
  }

  /** Reads, changes and writes while no other command does. */
  async function change<T>(
    changed: (trusted: readonly TrustEntry[]) => { answer: T; trusted?: TrustEntry[] },
  ): Promise<T> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    return whileLocked(path, async () => {
      const reading = await load();
      // A file we do not understand may hold another version's records: never write over it.
      if ('reason' in reading)
        throw personaErrors.make('personas.trust_unreadable', { path, reason: reading.reason });
      const { answer, trusted } = changed(reading.file.trusted);
      if (trusted !== undefined) {
        const file: TrustFile = { version: 1, trusted };
        await writeFileAtomically(path, `${JSON.stringify(file, undefined, 2)}\n`, { mode: 0o600 });
      }
      return answer;
    });
  }

  return {
    async read(): Promise<TrustRecord> {
      const reading = await load();
      if ('file' in reading) {
        const keys = new Set(
          reading.file.trusted.map((entry) => keyOf(entry.project, entry.persona, entry.content_hash)),
        );
        return { isTrusted: (key) => keys.has(keyText(key)), problem: undefined };
      }
      const message = `the record of trusted personas cannot be read (${reading.reason}); no project persona is trusted`;
      return { isTrusted: () => false, problem: { path, line: undefined, severity: 'error', message } };
    },

    trust: (key, trustedAt) =>
      change((trusted) => {
        const given = keyText(key);
        if (trusted.some((entry) => keyOf(entry.project, entry.persona, entry.content_hash) === given))
          return { answer: false };
        const added: TrustEntry = {
          project: key.projectRoot,
          persona: key.persona,
          content_hash: key.contentHash,
          trusted_at: new Date(trustedAt).toISOString(),
        };
        return { answer: true, trusted: [...trusted, added] };
      }),

    distrust: ({ projectRoot, persona }) =>
      change((trusted) => {
        const left = trusted.filter((entry) => entry.project !== projectRoot || entry.persona !== persona);
        return { answer: trusted.length - left.length, trusted: left };
      }),
  };
}

function parse(text: string): Reading {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { reason: 'it is not valid JSON' };
  }
  const parsed = fileSchema.safeParse(json);
  if (parsed.success) return { file: parsed.data };
  const issue = parsed.error.issues[0]!;
  return { reason: `${issue.path.join('.') || 'the file'}: ${issue.message}` };
}

function keyText({ projectRoot, persona, contentHash }: TrustKey): string {
  return keyOf(projectRoot, persona, contentHash);
}

function keyOf(project: string, persona: string, contentHash: string): string {
  return JSON.stringify([project, persona, contentHash]);
}
