import type { NapiConfig } from '@ast-grep/napi';
import {
  isSatisfied,
  neededBy,
  type FileWords,
  type Needed,
  type NeededWith,
  type SyntaxRule,
} from './needed-words.ts';

interface Alternatives {
  needs: readonly Needed[];
  narrowed: Map<string, NapiConfig>;
}

const known = new WeakMap<NapiConfig, Alternatives>();

/**
 * A rule's configuration with only those of its top-level alternatives that a file's words admit: most of the time of
 * an analysis is spent in matching, and most alternatives name something most files do not have.
 */
export function narrowConfig(config: NapiConfig, words: FileWords, given: NeededWith): NapiConfig {
  const any = config.rule.any as readonly SyntaxRule[] | undefined;
  if (any === undefined) return config;
  let alternatives = known.get(config);
  if (alternatives === undefined) {
    alternatives = { needs: any.map((a) => neededBy(a, given)), narrowed: new Map() };
    known.set(config, alternatives);
  }
  const admitted = alternatives.needs.map((needed) => isSatisfied(needed, words));
  if (!admitted.includes(false)) return config;
  const key = admitted.map(Number).join('');
  let narrowed = alternatives.narrowed.get(key);
  if (narrowed === undefined) {
    narrowed = withAlternatives(
      config,
      any.filter((_, at) => admitted[at]),
    );
    alternatives.narrowed.set(key, narrowed);
  }
  return narrowed;
}

/** Constraints on metavariables that only the dropped alternatives bind go with them: ast-grep refuses them. */
function withAlternatives(config: NapiConfig, any: readonly SyntaxRule[]): NapiConfig {
  const { constraints, ...rest } = config;
  const rule = { ...config.rule, any: [...any] as NonNullable<NapiConfig['rule']['any']> };
  const text = JSON.stringify([rule, config.utils ?? {}]);
  const kept = Object.entries(constraints ?? {}).filter(([name]) =>
    new RegExp(`\\$${name}(?![A-Z0-9_])`).test(text),
  );
  return { ...rest, rule, ...(kept.length === 0 ? {} : { constraints: Object.fromEntries(kept) }) };
}
