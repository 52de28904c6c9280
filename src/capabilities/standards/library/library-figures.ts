import type { StandardApproval, StandardsLibrary } from './standards-library.ts';
import type { StandardLayer } from '../document/standard.ts';
import { readAll } from './read-all.ts';

/** How many standards there are, for figures of a project. */
export interface LibraryFigures {
  byLayer: Record<StandardLayer, number>;
  /** Of the project's own. */
  byApproval: Record<Exclude<StandardApproval, 'shipped'>, number>;
  retired: number;
  unusable: number;
  /** The project's own by the day they say they were created (`YYYY-MM-DD`), oldest first. */
  createdPerDay: { day: string; standards: number }[];
}

/** Counts the standards of a library as they are now. Reads them all. */
export async function libraryFigures(library: StandardsLibrary): Promise<LibraryFigures> {
  const { standards, skipped } = await readAll(library);
  const own = standards.filter(({ entry }) => entry.layer !== 'universal');
  const inLayer = (layer: StandardLayer) => standards.filter(({ entry }) => entry.layer === layer).length;
  const withApproval = (state: StandardApproval) => own.filter(({ approval }) => approval === state).length;
  const days = own.flatMap(({ document }) => /^\d{4}-\d\d-\d\d/.exec(document.createdAt ?? '')?.[0] ?? []);
  return {
    byLayer: { project: inLayer('project'), language: inLayer('language'), universal: inLayer('universal') },
    byApproval: {
      approved: withApproval('approved'),
      unapproved: withApproval('unapproved'),
      changed: withApproval('changed'),
    },
    retired: own.filter(({ document }) => document.status === 'retired').length,
    unusable: skipped.length,
    createdPerDay: [...Map.groupBy(days, (day) => day)]
      .map(([day, same]) => ({ day, standards: same.length }))
      .toSorted((a, b) => (a.day < b.day ? -1 : 1)),
  };
}
