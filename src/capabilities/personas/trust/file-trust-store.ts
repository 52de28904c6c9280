import { mkdir, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../../../platform/files/index.ts';
import { personaErrors } from '../errors.ts';
import type { TrustKey, TrustRecord, TrustStore } from './trust-store.ts';

const entrySchema = z.object({
  project: z.string(),
  persona: z.string(),
  content_hash: z.string().regex(/^[0-9a-f]{64}$/),
  trusted_at: z.iso.datetime(),
});

const fileSchema = z.object({ version: z.literal(1), trusted: z.array(entrySchema) });

type TrustFile = z.output<typeof fileSchema>;
type Reading = { file: TrustFile } | { reason: string };

/**
 * Trust in one JSON file of the user's configuration folder, readable by its owner only. Written as a whole and
 * renamed into place, so a reader never sees half of it.
 */
export function openFileTrustStore(options: { path: string }): TrustStore {
  const { path } = options;
  let cached: { signature: string; reading: Reading } | undefined;

  async function load(): Promise<Reading> {
    try {
      const facts = await stat(path, { bigint: true });
      const signature = [facts.size, facts.mtimeNs, facts.ctimeNs, facts.ino].join(':');
      if (cached?.signature === signature) return cached.reading;
      const reading = parse(await readFile(path, 'utf8'));
      cached = { signature, reading };
      return reading;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return { file: { version: 1, trusted: [] } };
      return { reason: code ?? String(error) };
    }
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

    async trust(key: TrustKey, trustedAt: number): Promise<boolean> {
      const reading = await load();
      // A file we do not understand may hold another version's records: never write over it.
      if ('reason' in reading)
        throw personaErrors.make('personas.trust_unreadable', { path, reason: reading.reason });
      const { trusted } = reading.file;
      if (trusted.some((entry) => keyOf(entry.project, entry.persona, entry.content_hash) === keyText(key)))
        return false;
      const added: TrustFile['trusted'][number] = {
        project: key.projectRoot,
        persona: key.persona,
        content_hash: key.contentHash,
        trusted_at: new Date(trustedAt).toISOString(),
      };
      const file: TrustFile = { version: 1, trusted: [...trusted, added] };
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeFileAtomically(path, `${JSON.stringify(file, undefined, 2)}\n`, { mode: 0o600 });
      return true;
    },
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
