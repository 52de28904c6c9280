export { parseFrontMatter } from './front-matter.ts';
export type { FrontMatter, FrontMatterProblem, ParsedFrontMatter, Place } from './front-matter.ts';
