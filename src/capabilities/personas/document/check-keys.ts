import { comparable, nearestNames } from '../../../kernel/contract/index.ts';
import { inertKeys, sectionKeys, topKeys, unsupportedKeys } from './front-matter-keys.ts';

export interface KeyProblem {
  keyPath: readonly string[];
  severity: 'error' | 'warning';
  message: string;
}

/**
 * Looks at the names of the keys, not at their values: misspelt ones, ones in the wrong place, and ones that a
 * later version reads. `unused` lists the keys that have no effect, as dotted paths.
 */
export function checkKeys(data: Readonly<Record<string, unknown>>): {
  problems: KeyProblem[];
  unused: string[];
} {
  const problems: KeyProblem[] = [];
  const unused: string[] = [];
  const visit = (key: string, keyPath: readonly string[], known: readonly string[]) => {
    const shown = keyPath.join('.');
    const add = (severity: 'error' | 'warning', message: string) =>
      problems.push({ keyPath, severity, message });
    const missing = unsupportedKeys.get(key);
    if (missing !== undefined) {
      add(
        'error',
        `"${shown}" asks for ${missing}, which this version does not support; the persona is not loaded`,
      );
    } else if (inertKeys.has(key)) {
      unused.push(shown);
      add('warning', `"${shown}" is kept but has no effect in this version`);
    } else if (!known.includes(key)) {
      unused.push(shown);
      const place = keyPath.length === 1 && isSectionKey(key) ? 'write it under "persona:"' : undefined;
      const meant = place ?? suggestion(key, known);
      if (meant !== undefined || keyPath.length > 1) {
        add(
          'warning',
          `unknown key "${shown}"${meant === undefined ? '' : ` (${meant})`}: kept, but without effect`,
        );
      }
    }
  };
  for (const [key, value] of Object.entries(data)) {
    visit(key, [key], topKeys);
    if (key !== 'persona' || typeof value !== 'object' || value === null || Array.isArray(value)) continue;
    for (const inner of Object.keys(value)) visit(inner, [key, inner], sectionKeys);
  }
  return { problems, unused };
}

function isSectionKey(key: string): boolean {
  return (sectionKeys as readonly string[]).includes(key);
}

function suggestion(key: string, known: readonly string[]): string | undefined {
  const spelt = comparable(key.replaceAll(/([a-z])([A-Z])/g, '$1_$2'));
  const same = known.find((candidate) => comparable(candidate) === spelt);
  // A short unknown key is far more often a key of another tool than a slip of the pen.
  const nearest = same ?? (key.length >= 4 ? nearestNames(key, known)[0] : undefined);
  return nearest === undefined ? undefined : `did you mean ${nearest}?`;
}
