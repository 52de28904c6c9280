import type { Check, Violation } from '../check.ts';

interface LockedPackage {
  optionalDependencies?: Record<string, string>;
}

/**
 * The lockfile holds every optional dependency of every package, those for other platforms too. Where one is missing
 * (it was not in the registry when the lock was made), `npm ci` refuses the whole lockfile on machines that find it.
 */
export const lockfileComplete: Check = {
  id: 'lockfile-complete',
  find(tree) {
    const text = tree.files.get('package-lock.json');
    if (text === undefined) return [];
    const { packages } = JSON.parse(text) as { packages: Record<string, LockedPackage> };
    const locked = new Set(Object.keys(packages).map((path) => path.split('node_modules/').at(-1)));
    return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) => {
      const missing = Object.keys(optionalDependencies).filter((name) => !locked.has(name));
      if (missing.length === 0) return [];
      const line = text.split('\n').findIndex((content) => content.includes(`"${path}": {`)) + 1;
      const message = `${path} lacks ${missing.join(', ')}; choose a version whose platform packages are all there.`;
      return [{ file: 'package-lock.json', line, message } satisfies Violation];
    });
  },
};
