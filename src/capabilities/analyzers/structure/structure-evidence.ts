import type { Evidence } from '../evidence.ts';
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
  const rule: {
    trade: Evidence['trade'];
    severity: Evidence['severity'];
    title: string;
    why: string;
    remedy: string;
    reference?: string;
  } = structureRules[name];
  return {
    rule: structureRuleId(name),
    trade: rule.trade,
    severity: rule.severity,
    title: fact === undefined ? rule.title : `${rule.title} (${fact})`,
    why: rule.why,
    remedy: rule.remedy,
    ...(rule.reference === undefined ? {} : { reference: rule.reference }),
    file: place.file,
    line: place.line,
    endLine: place.endLine ?? place.line,
    column: place.column ?? 1,
    quote: place.quote,
    ...(place.usual === undefined ? {} : { usual: place.usual }),
    analyzer: 'structure',
  };
}
