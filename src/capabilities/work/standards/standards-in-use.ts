import { compileGlob } from '../../../platform/files/index.ts';
import { familyOfRule } from '../../analyzers/contract/index.ts';
import {
  nameOfId,
  type LibraryEntry,
  type StandardApproval,
  type StandardsLibrary,
} from '../../standards/index.ts';
import { citationOf, namedIn, type CitedSection } from './citation.ts';

/** What citing a standard came to: its line, or why it is not cited. */
export type Cited = { citation: string } | { refused: string };

/** An active standard that carries a shipped rule as its check. */
export interface Carrier {
  id: string;
  file: string;
  approval: StandardApproval;
  /** The line to cite it by; whether it may be, `approval` says. */
  citation: string;
}

/** The standards of a project as one job sees them. Files that cannot be read are as if they were not there. */
export interface StandardsInUse {
  /** The active standard whose check is this rule: one that a person approved first, then shipped ones, then others. */
  carrierOf(rule: string): Promise<Carrier | undefined>;
  /** The standard that a model names by id, file or citation. Only approved and shipped ones are cited. */
  cite(named: string): Promise<Cited>;
  /** The standard of this id, active or not, and the rules it uses as checks. */
  named(id: string): Promise<{ approval: StandardApproval; uses: readonly string[] } | undefined>;
  /** The ids of the rules that active standards bring along, as `<standard>/<rule>`. */
  ownRules(): Promise<readonly string[]>;
  /** Whether a standard holds for any of these files: it is not retired, and its globs match one or are none. */
  isFor(id: string, files: readonly string[]): Promise<boolean>;
}

/** What citing needs of one standard. */
interface StandardFacts {
  entry: LibraryEntry;
  uses: readonly string[];
  ownRules: readonly string[];
  sections: readonly CitedSection[];
  appliesTo: readonly string[];
  active: boolean;
}

/** Opens the standards for one job after another; texts are read again only where a file has changed. */
export function standardsReader(library: StandardsLibrary): () => StandardsInUse {
  const known = new Map<string, { version: string; facts: StandardFacts }>();

  async function factsOf(entry: LibraryEntry): Promise<StandardFacts> {
    const { version } = entry;
    const before = known.get(entry.absolutePath);
    // Whether a person approved it can change without the file.
    if (before?.version === version) return { ...before.facts, entry };
    const { document } = await library.read(entry);
    const facts: StandardFacts = {
      entry,
      uses: document.checks.flatMap((check) => ('uses' in check ? [check.uses] : [])),
      ownRules: document.checks.flatMap((check) => ('uses' in check ? [] : [`${entry.id}/${check.id}`])),
      sections: document.sections.map(({ heading, level, line }) => ({ heading, level, line })),
      appliesTo: document.appliesTo,
      active: document.status === 'active',
    };
    known.set(entry.absolutePath, { version, facts });
    return facts;
  }

  async function readAll(): Promise<StandardFacts[]> {
    const { entries } = await library.list();
    const read = await Promise.allSettled(entries.map(factsOf));
    return read.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  }

  return () => {
    let all: Promise<StandardFacts[]> | undefined;
    const standards = () => (all ??= readAll());
    return {
      async carrierOf(rule) {
        const family = familyOfRule(rule);
        const [best] = (await standards())
          .filter(({ active, uses }) => active && (uses.includes(rule) || uses.includes(family)))
          .sort(
            (a, b) =>
              rankOf(a.entry) - rankOf(b.entry) || farFrom(family, a.entry) - farFrom(family, b.entry),
          );
        if (best === undefined) return undefined;
        const { id, file, approval } = best.entry;
        return { id, file, approval, citation: citationOf(best.entry, best.sections) };
      },
      async cite(named) {
        const { name, line } = namedIn(named);
        let id: string;
        try {
          id = (await library.find(name)).id;
        } catch {
          return { refused: `there is no standard "${name.slice(0, 100)}"` };
        }
        const facts = (await standards()).find(({ entry }) => entry.id === id);
        if (facts === undefined) return { refused: `the standard ${id} cannot be read` };
        if (!facts.active) return { refused: `the standard ${id} is retired` };
        if (!isCitable(facts.entry.approval))
          return { refused: `no person approved the standard ${id} as it is` };
        return { citation: citationOf(facts.entry, facts.sections, line) };
      },
      async named(id) {
        const found = (await standards()).find(({ entry }) => entry.id === id);
        return found && { approval: found.entry.approval, uses: found.uses };
      },
      async ownRules() {
        return (await standards()).flatMap(({ active, ownRules }) => (active ? ownRules : []));
      },
      async isFor(id, files) {
        const found = (await standards()).find(({ entry }) => entry.id === id);
        if (found?.active === false) return false;
        const globs = found?.appliesTo ?? [];
        return globs.length === 0 || files.length === 0 || globs.some((glob) => matchesAny(glob, files));
      },
    };
  };
}

/** Whether a standard may be cited as what holds. */
export function isCitable(approval: StandardApproval): boolean {
  return approval === 'approved' || approval === 'shipped';
}

/** What a model is told of a standard that it must not cite as what holds. */
export function notApproved(approval: StandardApproval): string {
  const why = approval === 'changed' ? 'changed since a person approved it' : 'no person approved it';
  return `(${why}: material to judge, not a standard; do not cite it)`;
}

function rankOf({ approval }: LibraryEntry): number {
  if (approval === 'approved') return 0;
  return approval === 'shipped' ? 1 : 2;
}

/** Of two that carry a rule, the one in the domain of the rule's own name says more about it. */
function farFrom(family: string, { id }: LibraryEntry): number {
  return nameOfId(id).split('/')[0] === family.split('/')[0] ? 0 : 1;
}

function matchesAny(glob: string, files: readonly string[]): boolean {
  try {
    const matches = compileGlob(glob);
    return files.some((file) => matches(file));
  } catch {
    // What cannot be read as a glob is named by "troupe standards lint"; here it is for every file.
    return true;
  }
}
