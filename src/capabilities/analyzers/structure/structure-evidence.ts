import type { Evidence, RuleClaim } from '../evidence.ts';
import { structureRuleId, structureRules, type StructureRuleName } from './structure-rules.ts';

export interface StructurePlace {
  file: string;
  /** 1-based. */
  line: number;
  endLine?: number;
  column?: number;
  quote: string;
  /** For a rule that compares places: what most of them have. */
  usual?: string;
}

/** A finding of a structure rule; `fact` is the figure or name that makes its title specific. */
export function structureEvidence(name: StructureRuleName, place: StructurePlace, fact?: string): Evidence {
  const claim: RuleClaim = structureRules[name];
  return {
    rule: structureRuleId(name),
    ...claim,
    title: fact === undefined ? claim.title : `${claim.title} (${fact})`,
    file: place.file,
    line: place.line,
    endLine: place.endLine ?? place.line,
    column: place.column ?? 1,
    quote: place.quote,
    ...(place.usual === undefined ? {} : { usual: place.usual }),
    analyzer: 'structure',
  };
}
