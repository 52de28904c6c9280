/*
 * The analyzers, loaded by the first call: their parsers take longer than most commands, which never need them.
 */
const load = () => import('../capabilities/analyzers/index.ts');

type Analyzers = Awaited<ReturnType<typeof load>>;
type Given<Name extends 'analyze' | 'describeRule' | 'isCode' | 'redactSecrets' | 'runChecks'> = Parameters<
  Analyzers[Name]
>;

export const analyze = async (...given: Given<'analyze'>) => (await load()).analyze(...given);
export const describeRule = async (...given: Given<'describeRule'>) => (await load()).describeRule(...given);
export const isCode = async (...given: Given<'isCode'>) => (await load()).isCode(...given);
export const redactSecrets = async (...given: Given<'redactSecrets'>) =>
  (await load()).redactSecrets(...given);
export const runChecks = async (...given: Given<'runChecks'>) => (await load()).runChecks(...given);

/** Finds what may be a secret in a text that people and models will read; doubt counts. */
export const scanStrictly = async (text: string, name?: string) =>
  (await load()).scanForSecrets(text, { strict: true, ...(name === undefined ? {} : { name }) });
