import type { RuleClaim, RuleSummary } from '../evidence.ts';

/** What the structure analyzer can claim. The id of each is `<trade>/any/<name>`. */
export const structureRules = {
  'import-cycle': {
    trade: 'architecture',
    severity: 'medium',
    title: 'Files import each other in a circle',
    why: 'None of them can be understood, tested or moved alone, and the order of loading decides what is defined when.',
    remedy: 'Move what both sides need into a third file that imports neither, or pass it in.',
    reference: 'Acyclic dependencies principle',
  },
  'hub-file': {
    trade: 'architecture',
    severity: 'low',
    title: 'One file depends on very many others',
    why: 'It has to change whenever one of them does, for unrelated reasons, and this is where merges collide.',
    remedy: 'Split it by the reason for change, and let each part import only what it needs.',
    reference: 'Single responsibility principle',
  },
  'error-responses': {
    trade: 'architecture',
    severity: 'medium',
    title: 'Error answer in a shape of its own',
    why: 'Clients have to know for each endpoint how it reports a failure; code that reads one failure misreads the next.',
    remedy:
      'Build every error answer in one function: an error status, and a body in the shape that the other endpoints use.',
    reference: 'RFC 9457',
  },
  'large-file': {
    trade: 'engineering',
    severity: 'low',
    title: 'The file is very long',
    why: 'A reader has to hold many things at once to change one of them, and unrelated changes meet here.',
    remedy: 'Split it along the things it does; each part named after what it holds.',
    reference: 'CWE-1080',
  },
  'long-function': {
    trade: 'engineering',
    severity: 'low',
    title: 'The function is very long',
    why: 'It does several things in turn, so none of them can be named, tested or reused alone.',
    remedy: 'Extract its stages into functions with names that say what each does.',
    reference: 'CWE-1121',
  },
  'complex-function': {
    trade: 'engineering',
    severity: 'medium',
    title: 'The function has very many paths',
    why: 'Each branch doubles what a reader has to think through, and tests rarely reach all of them.',
    remedy: 'Split it by case, replace chains of conditions by a table, and return early.',
    reference: 'CWE-1121',
  },
  'deep-nesting': {
    trade: 'engineering',
    severity: 'low',
    title: 'Conditions and loops are nested deeply',
    why: 'To know when the innermost line runs, a reader must keep every condition around it in mind.',
    remedy: 'Return early for the exceptional cases and extract the inner loop into a function.',
    reference: 'CWE-1124',
  },
  'no-tests': {
    trade: 'testing',
    severity: 'medium',
    title: 'The project has no test',
    why: 'Nothing tells whether a change breaks what works, so every change is tried out by hand, or by the users.',
    remedy:
      'Begin with one test of the behaviour that would hurt most if it broke, and run it on every change.',
    reference: 'ISTQB: component testing',
  },
  'untested-file': {
    trade: 'testing',
    severity: 'medium',
    title: 'No test names this file',
    why: 'A change that breaks it is noticed by its users first.',
    remedy: 'Write a test for what other code relies on it to do; begin with what broke last.',
    reference: 'ISTQB: component testing',
  },
  'test-without-assertion': {
    trade: 'testing',
    severity: 'medium',
    title: 'The test asserts nothing',
    why: 'It passes whatever the code returns; it only notices when the code throws.',
    remedy: 'Assert the result or the effect the title promises.',
    reference: 'Test smell: assertion-free test',
  },
  'unpinned-dependency': {
    trade: 'operations',
    severity: 'medium',
    title: 'A dependency may be any version',
    why: 'The next install can bring a release nobody here has run, so two builds of one commit differ.',
    remedy: 'Give a range with an upper bound, or an exact version, and commit the lockfile.',
    reference: 'CWE-1104',
  },
  'missing-lockfile': {
    trade: 'operations',
    severity: 'medium',
    title: 'Dependencies have no lockfile',
    why: 'Every install resolves afresh: what is deployed is not what was tested.',
    remedy: 'Commit the package manager’s lockfile and install from it (`npm ci`, `uv sync --locked`).',
    reference: 'SLSA: dependency pinning',
  },
  'duplicate-dependency': {
    trade: 'operations',
    severity: 'low',
    title: 'A dependency is listed twice',
    why: 'Two entries for one package drift apart, and which of them counts depends on the tool.',
    remedy: 'Keep the entry for the use it really has and delete the other.',
  },
  'unreviewed-source': {
    trade: 'security',
    severity: 'medium',
    title: 'A dependency comes from an address',
    why: 'What the address or branch serves can change without a new version and without a review.',
    remedy: 'Depend on a published version, or pin the full commit hash.',
    reference: 'CWE-829',
  },
  'install-script': {
    trade: 'security',
    severity: 'low',
    title: 'The package runs a program when installed',
    why: 'Everybody who installs it runs that program with their own rights, before any review.',
    remedy: 'Do the work in an explicit command, or ship what it would have built.',
    reference: 'CWE-829',
  },
} as const satisfies Record<string, RuleClaim>;

export type StructureRuleName = keyof typeof structureRules;

export function structureRuleId(name: StructureRuleName): string {
  return `${structureRules[name].trade}/any/${name}`;
}

/** Rules that read manifests of dependencies, by id. */
export const manifestRules: readonly string[] = (
  [
    'unpinned-dependency',
    'missing-lockfile',
    'duplicate-dependency',
    'unreviewed-source',
    'install-script',
  ] as const
).map(structureRuleId);

export function structureRuleSummaries(): RuleSummary[] {
  return (Object.keys(structureRules) as StructureRuleName[]).map((name) => ({
    id: structureRuleId(name),
    family: 'any',
    analyzer: 'structure',
    ...structureRules[name],
  }));
}
