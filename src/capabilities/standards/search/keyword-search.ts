import type { ProjectFiles } from '../../../platform/files/index.ts';
import { sectionsOf, type Section } from './sections.ts';
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
    async search(query, limit) {
      const { chunks, searched } = await readChunks(files);
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
      return { results: scored.map(({ chunk, score }) => hitOf(chunk, score / best)), searched };
    },
  };
}

async function readChunks(files: ProjectFiles): Promise<{ chunks: Chunk[]; searched: number }> {
  const listing = await files.list({ under: [folder], glob: '**/*.md' }).catch((error: { code?: string }) => {
    if (error.code === 'files.not_found') return { files: [] };
    throw error;
  });
  const chunks: Chunk[] = [];
  for (const { path } of listing.files) {
    const { text } = await files.readText(path);
    const topic = path.slice(folder.length + 1).replace(/\.md$/, '');
    for (const section of sectionsOf(text, topic)) {
      const words = new Map<string, number>();
      for (const word of wordsOf(section.text)) words.set(word, (words.get(word) ?? 0) + 1);
      chunks.push({
        ...section,
        file: path,
        words,
        titleWords: new Set(wordsOf(`${topic} ${section.heading}`)),
      });
    }
  }
  return { chunks, searched: listing.files.length };
}

const stopWords = new Set(
  'a an and are as at be by can do does for from how i if in is it me my of on or our should that the this to we what when where which who why with you your'.split(
    ' ',
  ),
);

/** Lower-case word stems, crude but the same for query and text: "errors" and "error" meet. */
function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
    .filter((word) => !stopWords.has(word))
    .map((word) => (word.length > 4 ? word.replace(/(ing|ies|es|ed|s)$/, '') : word));
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
    file: chunk.file,
    section: chunk.heading,
    line: chunk.line,
    content: chunk.text,
    relevance: Math.round(relevance * 1_000) / 1_000,
    citation: `${chunk.file}:${chunk.line} (${chunk.heading})`,
  };
}
