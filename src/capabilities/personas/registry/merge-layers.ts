import { comparable } from '../../../kernel/contract/index.ts';
import { titleOf } from '../document/persona-title.ts';
import {
  toolNameOf,
  type Layer,
  type Persona,
  type PersonaDocument,
  type PersonaProblem,
} from '../persona.ts';
import type { FolderReading } from './folder-reader.ts';

export interface LayerReading extends FolderReading {
  layer: Layer;
  isTrusted(document: PersonaDocument): boolean;
}

/**
 * Lays the layers over each other, given from the farthest to the nearest: of one name the nearest is taken whole,
 * and each replacement is reported. A broken file replaces nothing.
 * Personas come back core first, then specialists, each by name.
 */
export function mergeLayers(layers: readonly LayerReading[]): {
  personas: Persona[];
  problems: PersonaProblem[];
} {
  const problems: PersonaProblem[] = [];
  const byName = new Map<string, Persona>();
  for (const reading of layers) {
    problems.push(...reading.problems);
    for (const document of reading.documents) {
      const replaced = byName.get(document.name);
      const checksReplaced = replaced === undefined || saysChecks(document) ? [] : checksBehind(replaced);
      if (replaced !== undefined) {
        const message = `this replaces the ${replaced.layer} persona "${document.name}"${withoutChecks(checksReplaced)}`;
        problems.push({ path: document.path, line: 1, severity: 'warning', message });
      }
      const trusted = reading.isTrusted(document);
      byName.set(document.name, {
        ...document,
        // Titles reach clients' models; until it is trusted, a persona goes by its file's name.
        displayName: trusted ? document.displayName : titleOf(document.name, {}),
        layer: reading.layer,
        trusted,
        replaces: replaced === undefined ? [] : [replaced.layer, ...replaced.replaces],
        checksReplaced,
        toolName: toolNameOf(document.name),
      });
    }
    for (const name of reading.broken) {
      const kept = byName.get(name);
      const path = reading.problems.find((problem) => problem.path.endsWith(`/${name}.md`))?.path;
      if (kept === undefined || path === undefined) continue;
      const message = `the ${kept.layer} persona "${name}" is used instead of this file`;
      problems.push({ path, line: undefined, severity: 'warning', message });
    }
  }
  const personas = [...byName.values()].sort(inOrder);
  return { personas, problems: [...problems, ...titleClashes(personas)] };
}

function saysChecks({ frontMatter }: PersonaDocument): boolean {
  const own = frontMatter['persona'];
  return typeof own === 'object' && own !== null && 'checks' in own;
}

/** Of several that say nothing of checks one over the other, those of the first that does. */
const checksBehind = ({ checks, checksReplaced }: Persona) => (checks.length > 0 ? checks : checksReplaced);

function withoutChecks(checks: Persona['checksReplaced']): string {
  if (checks.length === 0) return '';
  return `, whole: offline reviews run no rules until "persona.checks" names some, such as [${checks.join(', ')}]`;
}

function inOrder(a: Persona, b: Persona): number {
  if (a.priority !== b.priority) return a.priority === 'core' ? -1 : 1;
  return a.name < b.name ? -1 : 1;
}

const distance: Record<Layer, number> = { 'built-in': 0, user: 1, project: 2 };

/** Names by which a persona is found: every identifier, then titles; the more trusted layer keeps a disputed title. */
export function findableNames(personas: readonly Persona[]): Map<string, Persona> {
  const found = new Map(personas.map((persona) => [comparable(persona.name), persona]));
  for (const persona of personas.toSorted((a, b) => distance[a.layer] - distance[b.layer])) {
    const title = comparable(persona.displayName);
    if (!found.has(title)) found.set(title, persona);
  }
  return found;
}

function titleClashes(personas: readonly Persona[]): PersonaProblem[] {
  const found = findableNames(personas);
  return personas.flatMap((persona) => {
    const owner = found.get(comparable(persona.displayName));
    if (owner === undefined || owner.name === persona.name) return [];
    const message = `"${persona.displayName}" means the ${owner.layer} persona ${owner.name}; this one answers to ${persona.name} only`;
    return [{ path: persona.path, line: 1, severity: 'warning' as const, message }];
  });
}
