import { isAppError } from '../../../kernel/index.ts';
import type { ProjectFiles } from '../../../platform/files/index.ts';
import { sectionsOf, type Section } from './sections.ts';
import type { SkippedStandard } from '../library/standards-library.ts';
import type { StandardHit, StandardsSearch } from './standards-search.ts';

const folder = '.agent-os/standards';

interface Chunk extends Section {
  file: string;
  words: Map<string, number>;
  titleWords: Set<string>;
}

// BM25 with its usual constants (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009).
const k1 = 1.2;
const b = 0.75;
/** A word in the path or the heading says more than one in the text. */
const titleWeight = 2;

/** Searches the sections of the project's standards by words, reading the files anew each time. */
export function keywordSearch(files: ProjectFiles): StandardsSearch {
  return {
    async search(query, { limit }) {
      const { chunks, searched, skipped } = await readChunks(files);
      const asked = [...new Set(wordsOf(query))];
      const averageLength =
        chunks.reduce((sum, chunk) => sum + lengthOf(chunk), 0) / Math.max(1, chunks.length);
      const rarity = new Map(asked.map((word) => [word, rarityOf(word, chunks)]));
      const scored = chunks
        .map((chunk) => ({ chunk, score: scoreOf(chunk, asked, rarity, averageLength) }))
        .filter(({ score }) => score > 0)
        .sort((x, y) => y.score - x.score)
        .slice(0, limit);
      const best = scored[0]?.score ?? 1;
      return {
        results: scored.map(({ chunk, score }) => hitOf(chunk, score / best)),
        searched,
        sections: chunks.length,
        method: 'keyword' as const,
        methodNote: null,
        indexNote: null,
        skipped,
        cached: false,
        bytesOfAll: chunks.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0),
      };
    },
  };
}

async function readChunks(
  files: ProjectFiles,
): Promise<{ chunks: Chunk[]; searched: number; skipped: SkippedStandard[] }> {
  const listing = await files.list({ under: [folder], glob: '**/*.md' }).catch((error: unknown) => {
    if (isAppError(error, 'files.not_found')) return { files: [], skipped: [] };
    throw error;
  });
  const chunks: Chunk[] = [];
  const skipped: SkippedStandard[] = listing.skipped.map(({ path, reason }) => ({ file: path, reason }));
  for (const { path } of listing.files) {
    try {
      chunks.push(...chunksOf(path, (await files.readText(path)).text));
    } catch (error) {
      // Deleted or changed since it was listed: one file does not hide the others.
      if (!isAppError(error)) throw error;
      skipped.push({ file: path, reason: error.message });
    }
  }
  return { chunks, searched: listing.files.length, skipped };
}

function chunksOf(path: string, text: string): Chunk[] {
  const topic = path.slice(folder.length + 1).replace(/\.md$/, '');
  return sectionsOf(text, topic).map((section) => {
    const words = new Map<string, number>();
    for (const word of wordsOf(section.text)) words.set(word, (words.get(word) ?? 0) + 1);
    return { ...section, file: path, words, titleWords: new Set(wordsOf(`${topic} ${section.heading}`)) };
  });
}

const stopWords = new Set(
  'a an and are as at be by can do does for from how i if in is it me my of on or our should that the this to we what when where which who why with you your'.split(
    ' ',
  ),
);

/** Lower-case word stems: "errors" and "error" meet, "retries" and "retry", "cached" and "caching". */
function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
    .filter((word) => !stopWords.has(word))
    .map(stemOf);
}

/** Crude, and the same for query and text. */
function stemOf(word: string): string {
  if (word.length < 4) return word;
  const stem = word.replace(/ies$/, 'y').replace(/(?:ing|ed|es|(?<!s)s)$/, '');
  if (stem.length < 3) return word;
  return stem.replace(/([bdfgmnprt])\1$/, '$1').replace(/(?<=..)e$/, '');
}

const lengthOf = (chunk: Chunk) => [...chunk.words.values()].reduce((sum, n) => sum + n, 0);

function rarityOf(word: string, chunks: readonly Chunk[]): number {
  const holding = chunks.filter((chunk) => chunk.words.has(word) || chunk.titleWords.has(word)).length;
  return Math.log(1 + (chunks.length - holding + 0.5) / (holding + 0.5));
}

function scoreOf(
  chunk: Chunk,
  asked: readonly string[],
  rarity: ReadonlyMap<string, number>,
  averageLength: number,
): number {
  const lengthFactor = 1 - b + (b * lengthOf(chunk)) / Math.max(1, averageLength);
  return asked.reduce((sum, word) => {
    const count = (chunk.words.get(word) ?? 0) + (chunk.titleWords.has(word) ? titleWeight : 0);
    return sum + (rarity.get(word)! * count * (k1 + 1)) / (count + k1 * lengthFactor);
  }, 0);
}

function hitOf(chunk: Chunk, relevance: number): StandardHit {
  return {
    id: chunk.file.slice(folder.length + 1).replace(/\.md$/, ''),
    file: chunk.file,
    layer: 'project',
    approval: 'unapproved',
    tags: [],
    reason: 'words',
    section: chunk.heading,
    line: chunk.line,
    content: chunk.text,
    relevance: Math.round(relevance * 1_000) / 1_000,
    citation: `${chunk.file}:${chunk.line} (${chunk.heading})`,
  };
}
