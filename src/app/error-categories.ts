import type { ErrorCategory } from '../kernel/index.ts';

/** Category of an error that was stored by its code, such as why a job failed. Loads the catalogues when asked. */
export async function categoryOf(code: string): Promise<ErrorCategory | undefined> {
  const doors = await Promise.all([
    import('../kernel/index.ts').then(({ kernelErrors }) => kernelErrors),
    import('../platform/database/index.ts').then(({ databaseErrors }) => databaseErrors),
    import('../platform/files/index.ts').then(({ filesErrors }) => filesErrors),
    import('../capabilities/jobs/index.ts').then(({ jobErrors }) => jobErrors),
    import('../capabilities/models/index.ts').then(({ modelErrors }) => modelErrors),
    import('../capabilities/personas/index.ts').then(({ personaErrors }) => personaErrors),
    import('../capabilities/work/index.ts').then(({ workErrors }) => workErrors),
    import('../capabilities/analyzers/index.ts').then(({ analyzerErrors }) => analyzerErrors),
    import('../capabilities/embeddings/index.ts').then(({ embeddingErrors }) => embeddingErrors),
    import('../capabilities/standards/index.ts').then(({ standardErrors }) => standardErrors),
    import('../capabilities/search/index.ts').then(({ searchErrors }) => searchErrors),
    import('../capabilities/proposals/index.ts').then(({ proposalErrors }) => proposalErrors),
    import('../capabilities/approvals/index.ts').then(({ approvalErrors }) => approvalErrors),
  ]);
  const definitions: Record<string, { category: ErrorCategory } | undefined>[] = doors.map(
    (catalogue) => catalogue.definitions,
  );
  return definitions.map((entries) => entries[code]).find((entry) => entry !== undefined)?.category;
}
