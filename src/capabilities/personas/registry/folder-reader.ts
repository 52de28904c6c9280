import { open, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { contains } from '../../../platform/files/index.ts';
import { readDocument, tooLarge, type DocumentReading } from '../document/read-document.ts';
import { isSameContent, signatureOf, type FileSignature } from '../file-signature.ts';
import type { PersonaDocument, PersonaProblem } from '../persona.ts';
import type { FolderLimits, LayerFolder } from './layer-folder.ts';
import { listPersonaFiles } from './list-persona-files.ts';

export interface FolderReading {
  documents: PersonaDocument[];
  problems: PersonaProblem[];
  /** Identifiers of files that hold no usable persona. */
  broken: string[];
}

/** One layer of the registry. */
export interface LayerReader {
  readonly layer: LayerFolder;
  /** False when one reading holds for the life of the process. */
  readonly mayChange: boolean;
  /** Never throws for what the folder holds. */
  read(): Promise<FolderReading>;
}

interface ReadFile {
  signature?: FileSignature;
  reading: DocumentReading;
}

/** Reads the personas of one folder, each file again only after it changed, or while it was just changing. */
export class FolderReader implements LayerReader {
  readonly layer: LayerFolder;
  readonly mayChange = true;
  readonly #limits: FolderLimits;
  #files = new Map<string, ReadFile>();

  constructor(layer: LayerFolder, limits: FolderLimits) {
    this.layer = layer;
    this.#limits = limits;
  }

  /** One listing and one `stat` a file when nothing changed. */
  async read(): Promise<FolderReading> {
    const { files, problems } = await listPersonaFiles(this.layer, this.#limits);
    const read = await Promise.all(files.map(async (file) => [file, await this.#readFile(file)] as const));
    this.#files = new Map(read);
    const readings = read.map(([file, { reading }]) => ({ file, ...reading }));
    return {
      documents: readings.flatMap(({ document }) => document ?? []),
      problems: [...problems, ...readings.flatMap((one) => one.problems)],
      broken: readings
        .filter(({ document }) => document === undefined)
        .map(({ file }) => basename(file, '.md')),
    };
  }

  async #readFile(file: string): Promise<ReadFile> {
    const absolute = join(this.layer.folder, file);
    const path = `${this.layer.shownAs}/${file}`;
    const failed = (message: string): ReadFile => ({
      reading: { document: undefined, problems: [{ path, line: undefined, severity: 'error', message }] },
    });
    try {
      const { confinedTo } = this.layer;
      if (confinedTo !== undefined && !contains(confinedTo, await realpath(absolute))) {
        return failed('the file is a link that leads out of the project; it is not read');
      }
      const facts = await stat(absolute, { bigint: true });
      if (!facts.isFile()) return failed('this is not a regular file');
      const signature = signatureOf(facts);
      const before = this.#files.get(file);
      if (before !== undefined && isSameContent(before.signature, signature)) return before;
      const { maxDocumentBytes: maxBytes } = this.#limits;
      if (facts.size > BigInt(maxBytes)) return failed(tooLarge(Number(facts.size), maxBytes));
      const bytes = await readAtMost(absolute, maxBytes + 1);
      const reading = await readDocument({
        identifier: basename(file, '.md'),
        path,
        bytes,
        maxBytes,
      });
      return { signature, reading };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return failed(
        code === undefined
          ? `the file cannot be read: ${String(error)}`
          : `the file cannot be read (${code})`,
      );
    }
  }
}

/** A file may grow between the look at its size and the reading. */
async function readAtMost(path: string, maxBytes: number): Promise<Uint8Array> {
  await using handle = await open(path, 'r');
  const buffer = new Uint8Array(maxBytes);
  let length = 0;
  while (length < maxBytes) {
    const { bytesRead } = await handle.read(buffer, length, maxBytes - length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.slice(0, length);
}
