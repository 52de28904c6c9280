import type { SearchOptions, StandardApproval, StandardLayer } from '../../standards/index.ts';
import { compileScope, type GlobMatcher } from '../../../platform/files/index.ts';
import type { StandardRecord } from '../catalogue/standard-record.ts';
import type { ScoredCandidate } from './fuse.ts';

/** Where several layers cover a matter, the nearest comes first, once a person has approved it. */
const layerFactor: Record<StandardLayer, number> = { project: 1.2, language: 1.1, universal: 1 };
const approvalFactor: Record<StandardApproval, number> = {
  approved: 1,
  shipped: 1,
  changed: 0.8,
  unapproved: 0.8,
};
/** For standards made for files like the one that is worked on. */
const pathFactor = 1.3;

/** Whether the filters let a standard through. With a path, one that was made for other files falls out. */
export function passes(record: StandardRecord, { domain, tags, path, layer }: SearchOptions): boolean {
  return (
    (domain === undefined || record.domain === domain) &&
    (layer === undefined || record.layer === layer) &&
    (tags === undefined || tags.length === 0 || tags.some((tag) => record.tags.includes(tag))) &&
    (path === undefined || appliesTo(record, path) !== false)
  );
}

/** Nearer layers, approved texts and matching files first, retired standards last; best first. */
export function boost(candidates: readonly ScoredCandidate[], { path }: SearchOptions): ScoredCandidate[] {
  return candidates
    .map((candidate) => {
      const { record } = candidate.standard;
      const isForPath = path !== undefined && appliesTo(record, path) === true;
      const layer = record.approval === 'approved' ? layerFactor[record.layer] : 1;
      const factor = layer * approvalFactor[record.approval] * (isForPath ? pathFactor : 1);
      return { ...candidate, score: candidate.score * factor };
    })
    .sort(
      (a, b) => Number(a.standard.record.retired) - Number(b.standard.record.retired) || b.score - a.score,
    );
}

/** Whether a standard was made for this file; `undefined` when it says nothing about files. */
function appliesTo({ appliesTo: globs }: StandardRecord, path: string): boolean | undefined {
  if (globs.length === 0) return undefined;
  return scopeOf(globs)(path);
}

const maxScopes = 500;
const scopes = new Map<string, GlobMatcher>();

/** A glob that is none matches nothing; the library names it as a problem of its standard. */
function scopeOf(globs: readonly string[]): GlobMatcher {
  const key = globs.join('\n');
  let scope = scopes.get(key);
  if (scope === undefined) {
    scope = compileScope(globs);
    if (scopes.size >= maxScopes) scopes.clear();
    scopes.set(key, scope);
  }
  return scope;
}
