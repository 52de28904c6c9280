import type { z } from 'zod';
import { counted, operationsOf } from '../../../kernel/index.ts';
import { standardsHealthInput, standardsHealthOutput } from '../contract/index.ts';
import { lookUpAnchors } from '../health/evidence-anchors.ts';
import { findContradictions } from '../health/find-contradictions.ts';
import { brokenChecks } from '../health/broken-checks.ts';
import { unfoundStandards } from '../health/unfound-standards.ts';
import { readAll, type ReadStandard } from '../library/read-all.ts';
import type { StandardUse } from '../uses/use-store.ts';
import type { LibraryDeps } from './library-deps.ts';
import { anchorOf, unusableFileOf } from './on-the-wire.ts';

type Health = z.output<typeof standardsHealthOutput>;
const dayMs = 86_400_000;

export const checkHealth = operationsOf<LibraryDeps>()({
  name: 'standards.health',
  summary:
    'Say which standards need a person: files and evidence that are gone, changes since approval, no use, possible contradictions, checks that cannot run.',
  input: standardsHealthInput,
  output: standardsHealthOutput,
  doors: { cli: 'standards health' },
  policy: { effect: 'read', idempotent: true },
  errors: [],
  async handler({ days }, { deps: { library, clock }, call: { signal } }) {
    const { usesDays, unusedAfterDays } = library.settings;
    const [{ standards, skipped }, gone, uses, searches] = await Promise.all([
      readAll(library.standards),
      library.standards.gone(),
      library.uses.uses(usesDays),
      library.uses.searches(usesDays),
    ]);
    const own = standards.filter(({ entry }) => entry.layer !== 'universal');
    const active = own.filter(({ document }) => document.status === 'active');
    signal?.throwIfAborted();
    const unfound = await unfoundStandards(
      own,
      { library: library.standards, uses: library.uses },
      { found: uses, now: clock.now() },
    );
    const anchors = await anchorsOf(active, library);
    const broken = await brokenChecks(
      standards.map(({ entry, document }) => ({ id: entry.id, document })),
      library.tryChecks,
    );
    signal?.throwIfAborted();
    const contradictions = await findContradictions(standards, library.search);
    const withApproval = (among: readonly ReadStandard[], state: ReadStandard['approval']) =>
      among.filter(({ approval }) => approval === state).map(({ entry }) => entry.id);
    const found: Omit<Health, 'message'> = {
      standards: countsOf(standards),
      searches: {
        days: usesDays,
        total: searches.reduce((sum, day) => sum + day.searches, 0),
        without_hit: searches.reduce((sum, day) => sum + day.withoutHit, 0),
      },
      anchors,
      unapproved: withApproval(active, 'unapproved'),
      // Also retired ones: whoever edits the file could switch a standard off that way.
      changed: withApproval(own, 'changed'),
      gone: gone.map(({ id, approvedBy, approvedAt }) => ({
        standard: id,
        approved_by: approvedBy,
        approved_at: new Date(approvedAt).toISOString(),
      })),
      never_found: unfound.neverFound,
      too_new: unfound.tooNew,
      unused: unusedOf(active, uses, { now: clock.now(), days: days ?? unusedAfterDays }),
      contradictions: contradictions.map(({ standards: [one, two], shared, closeness }) => ({
        standards: [one.entry.id, two.entry.id],
        created_by: [one, two].map(({ document }) => document.createdBy ?? 'unknown'),
        rules: [one.document.lead, two.document.lead],
        shared,
        closeness: Math.round(closeness * 100) / 100,
      })),
      broken_checks: [...broken.values()]
        .flat()
        .map(({ id, check, reason }) => ({ standard: id, check, reason })),
      unusable: skipped.map(unusableFileOf),
    };
    return { ...found, message: messageOf(found) };
  },
});

function countsOf(standards: readonly ReadStandard[]): Health['standards'] {
  const inLayer = (layer: ReadStandard['entry']['layer']) =>
    standards.filter(({ entry }) => entry.layer === layer).length;
  return {
    project: inLayer('project'),
    language: inLayer('language'),
    universal: inLayer('universal'),
    retired: standards.filter(({ document }) => document.status === 'retired').length,
  };
}

async function anchorsOf(
  standards: readonly ReadStandard[],
  { files }: LibraryDeps['library'],
): Promise<Health['anchors']> {
  const named = standards.flatMap(({ entry, document }) =>
    document.evidence.map((anchor) => ({ standard: entry.id, anchor })),
  );
  const states = await lookUpAnchors(
    files,
    named.map(({ anchor }) => anchor),
  );
  return states
    .map((state, index) => ({ standard: named[index]!.standard, ...anchorOf(state) }))
    .filter(({ state }) => state !== 'there');
}

function unusedOf(
  standards: readonly ReadStandard[],
  uses: ReadonlyMap<string, StandardUse>,
  { now, days }: { now: number; days: number },
): Health['unused'] {
  return standards.flatMap(({ entry: { id } }) => {
    const use = uses.get(id);
    if (use === undefined) return [];
    // The clock may have been set back since.
    const daysAgo = Math.max(0, Math.floor((now - use.lastAt) / dayMs));
    if (daysAgo < days) return [];
    return [{ standard: id, last_found_at: new Date(use.lastAt).toISOString(), days_ago: daysAgo }];
  });
}

function messageOf(health: Omit<Health, 'message'>): string {
  const parts = [
    sum(health.gone, 'approved whose file is gone'),
    sum(health.anchors, 'piece of evidence moved or gone', 'pieces of evidence moved or gone'),
    sum(health.changed, 'changed since approval'),
    sum(health.unapproved, 'unapproved'),
    sum(health.broken_checks, 'check that cannot run', 'checks that cannot run'),
    sum(health.contradictions, 'possible contradiction', 'possible contradictions'),
    sum(health.never_found, 'never found'),
    sum(health.unused, 'no longer found'),
    sum(health.unusable, 'unusable file', 'unusable files'),
  ].flat();
  const { project, language, universal } = health.standards;
  const own = project + language;
  const all = `${counted(own, 'standard')} of the project and ${universal} shipped`;
  const outcome = parts.length === 0 ? 'nothing needs a person' : parts.join(', ');
  const fresh = health.too_new.length;
  const [are, them] = fresh === 1 ? ['is', 'it'] : ['are', 'them'];
  const tooNew = fresh === 0 ? '' : ` ${fresh} ${are} too new to tell whether searches find ${them}.`;
  return `${all}: ${outcome}.${tooNew}`;
}

/** How many there are, where there are any. */
const sum = (list: readonly unknown[], one: string, many = one) =>
  list.length === 0 ? [] : [counted(list.length, one, many)];
