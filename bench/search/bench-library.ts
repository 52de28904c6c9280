import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Embedder } from '../../src/capabilities/embeddings/index.ts';
import { openEmbedder } from '../../src/capabilities/embeddings/index.ts';
import { openStandardsIndex, type StandardsIndex } from '../../src/capabilities/search/index.ts';
import { openStandardsLibrary, shippedStandardsFolders } from '../../src/capabilities/standards/index.ts';
import { systemClock } from '../../src/kernel/index.ts';

export interface BenchLibrary {
  root: string;
  standards: string;
  open(options?: OpenOptions): Promise<StandardsIndex>;
  remove(): Promise<void>;
}

interface OpenOptions {
  embedder?: Embedder | undefined;
  store?: 'sqlite' | 'lancedb';
  cacheMs?: number;
}

/** A project without standards of its own, with those that ship or (`shipped: false`) without. */
export async function makeBenchLibrary({ shipped }: { shipped: boolean }): Promise<BenchLibrary> {
  const root = await realpath(await mkdtemp(path.join(tmpdir(), 'troupe-bench-')));
  const standards = path.join(root, '.agent-os/standards');
  await mkdir(standards, { recursive: true });
  return {
    root,
    standards,
    open: ({ embedder, store = 'sqlite', cacheMs = 0 } = {}) =>
      openStandardsIndex({
        library: openStandardsLibrary({
          root,
          universalFolder: shipped ? shippedStandardsFolders().universal : path.join(root, 'none'),
          approvals: {
            hashesApproved: () => Promise.resolve(new Map()),
            lastApprovals: () => Promise.resolve(new Map()),
          },
          limits: { maxDocumentBytes: 1_000_000, maxFiles: 10_000 },
        }),
        indexFile: path.join(root, '.agent-os/.cache/standards.db'),
        embedder: () => Promise.resolve(embedder),
        clock: systemClock,
        settings: { store, cacheMs, waitForModelMs: 60_000, rescanMs: 5_000 },
        onProblem: (message) => console.error(message),
      }),
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/**
 * Writes this many standards made of the shipped ones: sections from several of them under one title, with words of their own
 * mixed in, so that words are as common and as rare as in texts that people wrote.
 */
export async function writeManyStandards(folder: string, count: number): Promise<void> {
  const sections = await shippedSections();
  const random = randomNumbers(7);
  const pick = () => sections[Math.floor(random() * sections.length)]!;
  for (let n = 0; n < count; n += 1) {
    const own = () => `topic${Math.floor(random() * count)} case${Math.floor(random() * 9_999)}`;
    const parts = Array.from({ length: 7 }, () => {
      const words = pick().split(' ');
      words.splice(Math.floor(random() * words.length), 0, own());
      return words.join(' ');
    });
    const domain = path.join(folder, `domain-${n % 40}`);
    await mkdir(domain, { recursive: true });
    const front = `---\ntags: [tag-${n % 50}, tag-${n % 7}]\n---\n`;
    await writeFile(
      path.join(domain, `standard-${n}.md`),
      `${front}# Standard ${own()}\n\n${pick().split('\n\n')[1] ?? ''}\n\n${parts.join('\n\n')}\n`,
    );
  }
}

async function shippedSections(): Promise<string[]> {
  const { universal } = shippedStandardsFolders();
  const sections: string[] = [];
  for (const file of await readdir(universal, { recursive: true })) {
    if (!file.endsWith('.md')) continue;
    const text = (await readFile(path.join(universal, file), 'utf8')).replace(/^---[^]*?\n---\n/, '');
    sections.push(...text.split(/\n(?=## )/).filter((section) => section.length > 300));
  }
  return sections;
}

/** The same numbers in each run, 0 to 1 (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Vectors as long as the built-in model's, made of nothing but chance: what a search does with them takes the same time. */
export function randomEmbedder(questions?: Embedder): Embedder {
  const random = randomNumbers(11);
  const dimensions = 384;
  const vector = () => {
    const values = Float32Array.from({ length: dimensions }, () => random() - 0.5);
    const length = Math.hypot(...values);
    return values.map((value) => value / length);
  };
  return {
    id: 'bench/random@1',
    label: 'random',
    dimensions,
    embed: (texts, kind) =>
      kind === 'query' && questions !== undefined
        ? questions.embed(texts, kind)
        : Promise.resolve(texts.map(vector)),
    close: () => Promise.resolve(),
  };
}

export async function openBuiltIn(): Promise<Embedder> {
  const settings = {
    model: 'built-in',
    batchSize: 16,
    idleMs: 60_000,
    callTimeoutMs: 600_000,
    textsPerRequest: 16,
  } as const;
  return (await openEmbedder({ settings, env: process.env, modelsFolder: tmpdir(), clock: systemClock }))!;
}

export interface BenchQuestion {
  kind: 'natural' | 'hard';
  question: string;
  standard: string;
  also?: string[];
}

export async function readQuestions(half: 'tune' | 'test'): Promise<BenchQuestion[]> {
  const file = new URL(`questions/${half}.json`, import.meta.url);
  return JSON.parse(await readFile(file, 'utf8')) as BenchQuestion[];
}
