/** How a family of published models wants its texts, and makes one vector of many. */
export interface ModelFamily {
  /** Written before a query. */
  query: string;
  /** Written before a passage. */
  passage: string;
  /** Whether the vector is the mean of all tokens' or the first token's. */
  pooling: 'mean' | 'first';
}

const instruction = 'Represent this sentence for searching relevant passages: ';

/** By a part of the name; from the models' own documentation. */
const families: readonly (readonly [RegExp, ModelFamily])[] = [
  [
    /bge-(small|base|large)-en|mxbai-embed|arctic-embed/,
    { query: instruction, passage: '', pooling: 'first' },
  ],
  [/\be5-/, { query: 'query: ', passage: 'passage: ', pooling: 'mean' }],
  [/nomic-embed/, { query: 'search_query: ', passage: 'search_document: ', pooling: 'mean' }],
];

/** The family that a model's name tells; a model nobody knows gets its texts as they are, and the mean. */
export function familyOf(name: string): ModelFamily {
  const found = families.find(([pattern]) => pattern.test(name.toLowerCase()));
  return found?.[1] ?? { query: '', passage: '', pooling: 'mean' };
}
