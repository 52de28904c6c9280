import type { Check, Violation } from '../check.ts';
import { importsOf, type Import } from '../imports.ts';

/** No file imports itself through others; type imports and dynamic ones count. Examples have what they have. One violation for each cycle. */
export const noCycles: Check = {
  id: 'no-cycles',
  find(tree) {
    const edges = new Map<string, Import[]>();
    for (const edge of importsOf(tree)) {
      if (edge.from.startsWith('examples/')) continue;
      if (edge.to !== undefined && tree.files.has(edge.to))
        edges.set(edge.from, [...(edges.get(edge.from) ?? []), edge]);
    }
    const violations: Violation[] = [];
    const done = new Set<string>();
    const reported = new Set<string>();

    function visit(file: string, trail: readonly Import[]): void {
      const start = trail.findIndex((edge) => edge.from === file);
      if (start !== -1) {
        const cycle = trail.slice(start);
        const key = cycle
          .map((edge) => edge.from)
          .sort()
          .join();
        if (reported.has(key)) return;
        reported.add(key);
        const first = cycle.reduce((low, edge) => (edge.from < low.from ? edge : low));
        const path = [...cycle.slice(cycle.indexOf(first)), ...cycle.slice(0, cycle.indexOf(first))].map(
          (edge) => edge.from,
        );
        violations.push({
          file: first.from,
          line: first.line,
          message: `Import cycle: ${[...path, first.from].join(' → ')}.`,
        });
        return;
      }
      if (done.has(file)) return;
      for (const edge of edges.get(file) ?? []) visit(edge.to!, [...trail, edge]);
      done.add(file);
    }

    for (const file of edges.keys()) visit(file, []);
    return violations;
  },
};
