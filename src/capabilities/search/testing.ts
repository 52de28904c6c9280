import { join } from 'node:path';
import { systemClock } from '../../kernel/index.ts';
import {
  afterwards,
  growTree,
  temporaryTree,
  type Cleanup,
  type TreeEntry,
} from '../../platform/files/testing.ts';
import type { Embedder } from '../embeddings/index.ts';
import {
  openStandardsLibrary,
  type ApprovalLookup,
  type StandardsLibrary,
  type StandardsSearch,
} from '../standards/index.ts';
import { openStandardsIndex } from './open-standards-index.ts';
import type { SearchSettings } from './settings.ts';
import type { StandardsIndex } from './standards-index.ts';

export const searchSettings: SearchSettings = {
  store: 'sqlite',
  cacheMs: 300_000,
  waitForModelMs: 10_000,
  rescanMs: 60_000,
};

export interface TestProject {
  root: string;
  indexFile: string;
  library: StandardsLibrary;
  /** Told to `onProblem` of all indexes. */
  problems: string[];
  /** Opens an index of its own each time, as another process would; all are closed after the test. */
  open(options?: {
    embedder?: Embedder | undefined;
    settings?: Partial<SearchSettings>;
  }): Promise<StandardsIndex>;
  /** Adds or changes files under `.agent-os/standards`. */
  write(files: Record<string, TreeEntry>): Promise<void>;
}

/** A project with these standards (`domain/topic.md`), and what a search over them needs. */
export async function openTestProject(
  t: Cleanup,
  files: Record<string, TreeEntry> = {},
  { shipped = {}, approvals }: { shipped?: Record<string, TreeEntry>; approvals?: ApprovalLookup } = {},
): Promise<TestProject> {
  const root = await temporaryTree(t, { '.agent-os/config.yaml': '' });
  const universalFolder = await temporaryTree(t, shipped);
  const indexFile = join(root, '.agent-os/.cache/standards.db');
  const problems: string[] = [];
  const library = openTestLibrary(root, universalFolder, approvals);
  const project: TestProject = {
    root,
    indexFile,
    library,
    problems,
    async open({ embedder, settings = {} } = {}) {
      const index = await openStandardsIndex({
        library: openTestLibrary(root, universalFolder, approvals),
        indexFile,
        embedder: () => Promise.resolve(embedder),
        clock: systemClock,
        settings: { ...searchSettings, ...settings },
        onProblem: ({ message }) => problems.push(message),
      });
      afterwards(t, () => index.close());
      return index;
    },
    write: (more) => growTree(join(root, '.agent-os/standards'), more),
  };
  await project.write(files);
  return project;
}

export function openTestLibrary(
  root: string,
  universalFolder: string,
  approvals: ApprovalLookup = {
    hashesApproved: () => Promise.resolve(new Map()),
    lastApprovals: () => Promise.resolve(new Map()),
  },
): StandardsLibrary {
  return openStandardsLibrary({
    root,
    universalFolder,
    approvals,
    limits: { maxDocumentBytes: 1_000_000, maxFiles: 5_000 },
  });
}

/** An embedder by hashed words, which counts what it embeds; texts with the same words are near. */
export function countingEmbedder(id = 'test/words@1'): Embedder & { embedded: string[] } {
  const dimensions = 64;
  const embedded: string[] = [];
  return {
    id,
    label: 'hashed words',
    dimensions,
    embedded,
    embed(texts, kind) {
      if (kind === 'passage') embedded.push(...texts);
      return Promise.resolve(texts.map((text) => hashedWords(text, dimensions)));
    },
    close: () => Promise.resolve(),
  };
}

function hashedWords(text: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions).fill(0.01);
  for (const word of text.toLowerCase().match(/[a-z]{4,}/g) ?? []) {
    let hash = 7;
    for (const letter of word) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0;
    vector[hash % dimensions]! += 1;
  }
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** Resolves when an answer satisfies; asks again and again, each time after what the index did meanwhile. */
export async function untilFound(
  index: StandardsIndex,
  question: string,
  satisfies: (files: string[]) => boolean,
): Promise<void> {
  for (;;) {
    const { results } = await index.search(question, { limit: 5 });
    if (satisfies(results.map(({ id }) => id))) return;
    await systemClock.sleep(10);
  }
}

/** The search of a library by words, in an index of its own that ends with the test. */
export async function wordSearch(
  t: Cleanup,
  library: StandardsLibrary,
  indexFile: string,
): Promise<StandardsSearch> {
  const index = await openStandardsIndex({
    library,
    indexFile,
    embedder: () => Promise.resolve(undefined),
    clock: systemClock,
    settings: searchSettings,
    onProblem: (problem) => {
      throw problem;
    },
  });
  afterwards(t, () => index.close());
  return index;
}
