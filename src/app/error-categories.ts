import type { ErrorCategory } from '../kernel/index.ts';

/** Category of an error that was stored by its code, such as why a job failed. Loads the catalogues when asked. */
export async function categoryOf(code: string): Promise<ErrorCategory | undefined> {
  const [kernel, database, files, jobs, models, personas, work, analyzers, embeddings] = await Promise.all([
    import('../kernel/index.ts'),
    import('../platform/database/index.ts'),
    import('../platform/files/index.ts'),
    import('../capabilities/jobs/index.ts'),
    import('../capabilities/models/index.ts'),
    import('../capabilities/personas/index.ts'),
    import('../capabilities/work/index.ts'),
    import('../capabilities/analyzers/index.ts'),
    import('../capabilities/embeddings/index.ts'),
  ]);
  const catalogues = [
    kernel.kernelErrors,
    database.databaseErrors,
    files.filesErrors,
    jobs.jobErrors,
    models.modelErrors,
    personas.personaErrors,
    work.workErrors,
    analyzers.analyzerErrors,
    embeddings.embeddingErrors,
  ];
  const definitions: Record<string, { category: ErrorCategory } | undefined>[] = catalogues.map(
    (catalogue) => catalogue.definitions,
  );
  return definitions.map((entries) => entries[code]).find((entry) => entry !== undefined)?.category;
}
