import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Check, Violation } from '../check.ts';
import { isTestCode, lineAt, onDisk, typescriptFiles, type SourceTree } from '../source-tree.ts';

const registryFile = 'src/app/operations.ts';

interface RegisteredOperation {
  name: string;
  doors: { mcp?: string; cli?: string };
  handler: unknown;
}

/**
 * Doors derive from one list of operations: every operation that a capability defines is in it, names, tools and
 * commands are unique, each operation has a door, and no tool is registered by hand.
 */
export const doorsDerive: Check = {
  id: 'doors-derive',
  async find(tree) {
    if (!tree.files.has(registryFile)) return byHand(tree);
    return [...(await onDisk(tree, (root) => registryFlaws(tree, root))), ...byHand(tree)];
  },
};

async function registryFlaws(tree: SourceTree, root: string): Promise<Violation[]> {
  const load = async (path: string): Promise<Record<string, unknown>> =>
    (await import(pathToFileURL(join(root, path)).href)) as Record<string, unknown>;
  const registered = (await load(registryFile))['operations'] as readonly RegisteredOperation[];
  const violations: Violation[] = [];
  for (const [path] of typescriptFiles(tree, 'src/capabilities/')) {
    if (!/\/operations\/[^/]+\.ts$/.test(path) || isTestCode(path)) continue;
    for (const value of Object.values(await load(path))) {
      if (!isOperation(value) || registered.includes(value)) continue;
      const message = `${value.name} is in no list of operations; add it to its capability's, for ${registryFile}.`;
      violations.push({ file: path, line: 1, message });
    }
  }
  const named = registered.flatMap(({ name, doors }) => [
    `operation ${name}`,
    ...(doors.mcp === undefined ? [] : [`tool ${doors.mcp}`]),
    ...(doors.cli === undefined ? [] : [`command ${doors.cli}`]),
  ]);
  const twice = named.filter((one, index) => named.indexOf(one) !== index).map((one) => `Twice: ${one}.`);
  const unreachable = registered
    .filter(({ doors }) => Object.keys(doors).length === 0)
    .map(({ name }) => `${name} has no door.`);
  return [
    ...violations,
    ...[...twice, ...unreachable].map((message) => ({ file: registryFile, line: 1, message })),
  ];
}

function isOperation(value: unknown): value is RegisteredOperation {
  const { name, doors, handler } = (
    typeof value === 'object' && value !== null ? value : {}
  ) as Partial<RegisteredOperation>;
  return typeof name === 'string' && typeof doors === 'object' && typeof handler === 'function';
}

function byHand(tree: SourceTree): Violation[] {
  return typescriptFiles(tree)
    .filter(([path]) => !isTestCode(path))
    .flatMap(([file, text]) =>
      [...text.matchAll(/\.registerTool\(/g)].map(({ index }) => ({
        file,
        line: lineAt(text, index),
        message: 'A tool registered by hand; make it an operation, and the MCP door offers it.',
      })),
    );
}
