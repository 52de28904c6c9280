import type { SearchAnswer, SearchOptions, StandardHit } from '../../standards/index.ts';
import type { Catalogue, CatalogueEntry } from '../catalogue/catalogue.ts';
import type { StoreHolder } from '../indexing/store-holder.ts';
import { modelOf } from '../indexing/embed-passages.ts';
import { boost, passes } from '../rank/boost.ts';
import { chooseHits } from '../rank/choose-hits.ts';
import { fuse, type ScoredCandidate } from '../rank/fuse.ts';
import { scoreMeaning, type MeaningScores } from '../rank/meaning-scores.ts';
import { scoreWords } from '../rank/words-scores.ts';
import { askedTerms } from '../words/asked-terms.ts';
import { namedStandard } from './named-standard.ts';
import type { QuestionVector } from './question-vectors.ts';

/** With so few standards behind a filter, the meaning of each is looked at. */
const fewStandards = 150;
/** Of the standards found by words, so many are compared by meaning. */
const comparedByMeaning = 12;

/** What a question is answered from. */
export interface QuestionSources {
  catalogue: Catalogue;
  holder: StoreHolder;
  /** On its way: the words are scored meanwhile. */
  vector: Promise<QuestionVector>;
}

/** Finds the parts of standards that answer a question, by words, and by meaning where its vector is there. */
export async function answerQuestion(
  question: string,
  options: SearchOptions,
  { catalogue, holder, vector: coming }: QuestionSources,
): Promise<Pick<SearchAnswer, 'results' | 'method'>> {
  const terms = askedTerms(question, catalogue.standardWords);
  const isFiltered = options.domain ?? options.layer ?? options.path ?? options.tags?.[0];
  const fits = ({ record }: CatalogueEntry) => isFiltered === undefined || passes(record, options);
  const words = scoreWords(catalogue, terms, fits);
  const byWords = words.best.slice(0, comparedByMeaning);
  const vector = await coming;
  let meaning: MeaningScores | undefined;
  if ('vector' in vector) {
    const asked = { model: modelOf(vector.embedder), vector: vector.vector };
    const behindFilter = isFiltered === undefined ? [] : [...catalogue.entries()].filter(fits);
    const others = behindFilter.length <= fewStandards ? [...byWords, ...behindFilter] : byWords;
    meaning = await holder.use((store) => scoreMeaning(catalogue, { store, ...asked }, others));
    if (meaning.standards.size === 0) meaning = undefined;
  }
  const candidates = boost(
    fuse(words, meaning).filter(({ standard }) => fits(standard)),
    options,
  );
  const named = namedStandard(question, catalogue);
  const ordered = named !== undefined && fits(named) ? withNamedFirst(candidates, named) : candidates;
  const results: StandardHit[] = chooseHits(ordered, options.limit, { catalogue, terms });
  return { results, method: meaning === undefined ? 'keyword' : 'hybrid' };
}

/** Who gives a standard's name wants that standard; the others follow as they match. */
function withNamedFirst(candidates: readonly ScoredCandidate[], named: CatalogueEntry): ScoredCandidate[] {
  const found = candidates.find(({ standard }) => standard === named);
  const highest = Math.max(1, ...candidates.map(({ score }) => score));
  const first: ScoredCandidate = {
    ...(found ?? { standard: named, words: 1, meaning: undefined, chunks: () => [] }),
    isNamed: true,
    score: highest,
  };
  return [first, ...candidates.filter((candidate) => candidate !== found)];
}
