import { parseTree, findNodeAtLocation, getNodeValue, type Node } from 'jsonc-parser';
import type { Evidence } from '../evidence.ts';
import type { Manifest } from './manifest.ts';
import { structureEvidence } from './structure-evidence.ts';
import type { StructureRuleName } from './structure-rules.ts';

const lockfiles = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
  'bun.lockb',
];
const installScripts = ['preinstall', 'install', 'postinstall'];
const anyVersion = /^(?:\*|x|latest|next|>=?\s*[\d.]+)?$/;
const address = /^(?:git(?:\+\w+)?:|https?:|github:|gitlab:|bitbucket:|[\w-]+\/[\w.-]+(?:#|$))/;
const pinnedCommit = /#[0-9a-f]{40}$/;

export function packageJsonEvidence({ path, text, neighbours }: Manifest): Evidence[] {
  const root = parseTree(text);
  if (root === undefined || root.type !== 'object') return [];
  const evidence: Evidence[] = [];
  const say = (name: StructureRuleName, node: Node, fact: string) => {
    const line = text.slice(0, node.offset).split('\n').length;
    const quote = text.split(/\r?\n/)[line - 1]!.trim();
    evidence.push(structureEvidence(name, { file: path, line, quote }, fact));
  };
  const entriesOf = (key: string) => entries(findNodeAtLocation(root, [key]));
  const production = entriesOf('dependencies');
  const development = entriesOf('devDependencies');
  for (const { name, value, node } of [...production, ...development]) {
    if (anyVersion.test(value)) say('unpinned-dependency', node, `${name}: "${value}"`);
    else if (address.test(value) && !pinnedCommit.test(value)) say('unreviewed-source', node, name);
  }
  const inProduction = new Set(production.map((d) => d.name));
  for (const { name, node } of development) {
    if (inProduction.has(name))
      say('duplicate-dependency', node, `${name}, for production and for development`);
  }
  for (const { name, node } of entriesOf('scripts')) {
    if (installScripts.includes(name)) say('install-script', node, name);
  }
  const isWorkspaceRoot = findNodeAtLocation(root, ['workspaces']) !== undefined;
  const isTopLevel = !path.includes('/');
  const dependencies = findNodeAtLocation(root, ['dependencies']);
  const unlocked = !lockfiles.some((f) => neighbours.has(f));
  if (isTopLevel && unlocked && (production.length > 0 || isWorkspaceRoot)) {
    say('missing-lockfile', dependencies ?? root, 'npm, pnpm, yarn and bun each write one');
  }
  return evidence;
}

function entries(node: Node | undefined): { name: string; value: string; node: Node }[] {
  return (node?.children ?? []).flatMap((property) => {
    const [key, value] = property.children ?? [];
    if (key === undefined || value?.type !== 'string') return [];
    return [{ name: String(getNodeValue(key)), value: String(getNodeValue(value)), node: property }];
  });
}
