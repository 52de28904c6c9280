/** Where a standard comes from. A nearer one (project, language) that is approved and active hides a universal one of its id. */
export type StandardLayer = 'project' | 'language' | 'universal';

/** How bad a place is that departs from a check. */
export type CheckSeverity = 'critical' | 'high' | 'medium' | 'low';

/** What stands under one heading, up to the next heading of any level. */
export interface StandardSection {
  /** Without its marks; empty for text before the first heading. */
  heading: string;
  /** 1 to 6; 0 for text before the first heading. */
  level: number;
  /** Line of the heading in the file, from 1. */
  line: number;
  /** Trimmed; may be empty. */
  text: string;
}

/** A rule or a family of rules that Troupe ships, such as `security/sql-from-string` or `security/go/sql-from-string`. */
export interface ShippedCheck {
  uses: string;
}

/** A standard's own ast-grep rule. */
export interface OwnCheck {
  /** Kebab-case, unique in its standard. */
  id: string;
  language: string;
  severity: CheckSeverity;
  /** What to do instead, one line. */
  message: string;
  /** The ast-grep rule as data, as its author wrote it. */
  rule: Readonly<Record<string, unknown>>;
  /** ast-grep's conditions on what `$NAMES` of the rule hold. */
  constraints?: Readonly<Record<string, unknown>>;
  /** ast-grep's named parts of the rule, which it uses by `matches`. */
  utils?: Readonly<Record<string, unknown>>;
  /** A public source, such as `CWE-89` or an address. */
  reference?: string;
}

/** One entry of `check:`. */
export type StandardCheckRule = ShippedCheck | OwnCheck;

/** A place that a standard was derived from. */
export interface StandardEvidence {
  /** Project-relative, forward slashes. */
  file: string;
  /** From 1. */
  line: number;
  /** What stood there; `undefined` when it was not kept. */
  quote?: string;
}

/** What is wrong with a standard's text. */
export interface StandardProblem {
  /** Line in the file, from 1. */
  line: number;
  message: string;
  /** An error makes "troupe standards lint" fail; neither hides the standard. */
  severity: 'error' | 'warning';
  /** The key of the front matter that it is about. */
  key?: string;
}

/** The error that keeps a key of the front matter from being used; `undefined` where there is none. */
export function errorOfKey(
  { problems }: Pick<StandardDocument, 'problems'>,
  key: string,
): StandardProblem | undefined {
  return problems.find((problem) => problem.severity === 'error' && problem.key === key);
}

/** A standard as its text says it. */
export interface StandardDocument {
  domain: string;
  topic: string;
  /** First heading of the first level; the topic in words when there is none. */
  title: string;
  /** First paragraph below the title: the rule itself, on one line. Empty when there is none. */
  lead: string;
  createdBy: string | null;
  approvedBy: string | null;
  /** As written, ISO 8601 where Troupe wrote it. */
  createdAt: string | null;
  lastUpdated: string | null;
  /** A claim of the text; what was approved stands in the approvals. */
  approvedHash: string | null;
  tags: string[];
  /** Globs over project-relative paths; empty means everywhere. */
  appliesTo: string[];
  /** Questions it answers, for retrieval; never part of what is returned. */
  questions: string[];
  checks: StandardCheckRule[];
  evidence: StandardEvidence[];
  status: 'active' | 'retired';
  retiredBecause: string | null;
  /** Id of the standard that stands in its place. */
  replacedBy: string | null;
  /** `language` in files that came from a language's drafts. */
  declaredLayer: 'language' | null;
  sections: StandardSection[];
  /** Markdown below the front matter, line ends as `\n`. */
  body: string;
  /** Line of the file where the body begins, from 1. */
  bodyLine: number;
  /** SHA-256 of the approvable text, 64 hex digits. */
  contentHash: string;
  /** The whole front matter as data, unknown keys included. */
  frontMatter: Readonly<Record<string, unknown>>;
  /** Keys of the front matter that Troupe does not read; they stay in the file. */
  unknownKeys: string[];
  /** Line in the file, from 1, of each key of the front matter, and of each check and glob as `check.0`, `applies_to.1`, … */
  keyLines: Readonly<Record<string, number>>;
  problems: StandardProblem[];
}

/** Headings that every standard has, in this order. */
export const requiredSections = [
  'Context',
  'Pattern',
  'Examples',
  'Anti-patterns',
  'When to revisit',
] as const;
