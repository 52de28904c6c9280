import type { Evidence } from '../evidence.ts';
import type { FileFacts } from './file-facts.ts';
import { importResolver } from './resolve-imports.ts';
import { structureEvidence } from './structure-evidence.ts';

/** Project files one file may import before it counts as a hub. */
const maxImports = 30;

/** Import circles (one finding for each group of files that reach each other) and hubs. */
export function importEvidence(facts: ReadonlyMap<string, FileFacts>): Evidence[] {
  const resolve = importResolver(new Set(facts.keys()));
  const graph = new Map([...facts].map(([file, own]) => [file, resolve(file, own)]));
  const evidence: Evidence[] = [];
  for (const group of circlesIn(graph)) {
    const first = group.toSorted()[0]!;
    const path = shortestCircle(first, group, graph);
    const imported = facts.get(first)!.imports[graph.get(first)!.get(path[1] ?? first)!]!;
    const shown = path.length > 6 ? [...path.slice(0, 5), '…', first] : path;
    evidence.push(structureEvidence('import-cycle', { file: first, ...imported }, shown.join(' → ')));
  }
  for (const [file, targets] of graph) {
    if (targets.size <= maxImports || facts.get(file)!.isTest) continue;
    const { line, quote } = facts.get(file)!.imports[0]!;
    evidence.push(
      structureEvidence(
        'hub-file',
        { file, line, quote },
        `${targets.size} imports, more than ${maxImports}`,
      ),
    );
  }
  return evidence;
}

type Graph = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Strongly connected groups of two files and more (Tarjan's algorithm, without recursion). */
export function circlesIn(graph: Graph): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  const groups: string[][] = [];
  const enter = (file: string) => {
    index.set(file, index.size);
    low.set(file, index.get(file)!);
    stack.push(file);
    onStack.add(file);
    return { file, targets: [...(graph.get(file)?.keys() ?? [])].filter((t) => graph.has(t)).values() };
  };
  for (const start of graph.keys()) {
    if (index.has(start)) continue;
    const path = [enter(start)];
    while (path.length > 0) {
      const { file, targets } = path.at(-1)!;
      const next = targets.next();
      if (!next.done) {
        if (!index.has(next.value)) path.push(enter(next.value));
        else if (onStack.has(next.value)) low.set(file, Math.min(low.get(file)!, index.get(next.value)!));
        continue;
      }
      path.pop();
      const parent = path.at(-1)?.file;
      if (parent !== undefined) low.set(parent, Math.min(low.get(parent)!, low.get(file)!));
      if (low.get(file) !== index.get(file)) continue;
      const group = stack.splice(stack.indexOf(file));
      for (const member of group) onStack.delete(member);
      if (group.length > 1) groups.push(group);
    }
  }
  return groups;
}

/** The shortest way from `start` back to itself inside its group, `start` at both ends. */
function shortestCircle(start: string, group: readonly string[], graph: Graph): string[] {
  const members = new Set(group);
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const file of queue) {
    for (const target of graph.get(file)!.keys()) {
      if (target === start) {
        const back = [start];
        for (let at = file; at !== start; at = cameFrom.get(at)!) back.unshift(at);
        return [start, ...back];
      }
      if (!members.has(target) || cameFrom.has(target)) continue;
      cameFrom.set(target, file);
      queue.push(target);
    }
  }
  return [start];
}
