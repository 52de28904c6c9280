import { createHash } from 'node:crypto';
import { utf8Text } from '../../../kernel/contract/index.ts';
import type { FrontMatter } from '../../../platform/front-matter/index.ts';
import { isPersonaName, type PersonaDocument, type PersonaProblem } from '../persona.ts';
import { checkKeys } from './check-keys.ts';
import type { FrontMatterValues } from './front-matter-schema.ts';
import { nameProblem, titleOf } from './persona-title.ts';
import { personaToolNames } from './persona-tools.ts';
import type { ReportProblem } from './read-values.ts';
import { splitDocument, type SplitDocument } from './split-document.ts';

export interface DocumentSource {
  /** The file's name without `.md`. */
  identifier: string;
  /** The file as shown to people. */
  path: string;
  bytes: Uint8Array;
  /** Largest accepted file, bytes. */
  maxBytes: number;
  /** What was read from a file with this hash before; saves loading the YAML parser and the schemas. */
  known?: KnownFrontMatter | undefined;
}

export interface KnownFrontMatter {
  contentHash: string;
  /** The front matter as data. */
  data: Record<string, unknown>;
  /** The keys Troupe reads, checked. */
  values: FrontMatterValues;
}

export interface DocumentReading {
  /** Missing exactly when a problem has severity `error`. */
  document: PersonaDocument | undefined;
  problems: PersonaProblem[];
}

/**
 * Reads one persona document. Guarantee: never throws for what a file may hold, and never returns half a persona;
 * every reason comes with file, line and column.
 */
export async function readDocument(source: DocumentSource): Promise<DocumentReading> {
  const { path } = source;
  const problems: PersonaProblem[] = [];
  const fail = (message: string, line?: number): DocumentReading => ({
    document: undefined,
    problems: [...problems, { path, line, severity: 'error', message }],
  });

  const sizeBytes = source.bytes.byteLength;
  if (!isPersonaName(source.identifier)) return fail(nameProblem(source.identifier));
  if (sizeBytes > source.maxBytes) return fail(tooLarge(sizeBytes, source.maxBytes));
  const decoded = utf8Text(source.bytes);
  if (typeof decoded !== 'string') return fail('the file is not UTF-8 text; save it as UTF-8', decoded.line);
  const split = splitDocument(decoded);
  if ('reason' in split) return fail(split.reason, 1);

  const contentHash = createHash('sha256').update(source.bytes).digest('hex');
  const frontMatter = await frontMatterOf(source, split, contentHash, problems);
  if (frontMatter === undefined) return { document: undefined, problems };

  const report: ReportProblem = (keyPath, severity, message) =>
    problems.push({ path, ...frontMatter.placeOf(keyPath), severity, message });
  const keys = checkKeys(frontMatter.data);
  for (const { keyPath, severity, message } of keys.problems) report(keyPath, severity, message);

  const values =
    frontMatter.values ?? (await import('./read-values.ts')).readValues(frontMatter.data, report);
  if (split.body === '') {
    problems.push({
      path,
      line: split.bodyLine,
      severity: 'error',
      message: 'there are no instructions below the front matter',
    });
  }
  if (values === undefined) return { document: undefined, problems };

  checkValues(values, source.identifier, report);
  if (problems.some(({ severity }) => severity === 'error')) return { document: undefined, problems };
  const displayName = titleOf(source.identifier, values);
  const checks = values.persona?.checks ?? [];
  const placeOfCheck = (at: number) => frontMatter.placeOf(['persona', 'checks', at]);
  return {
    document: {
      name: source.identifier,
      displayName,
      description: values.description ?? displayName,
      priority: values.persona?.priority ?? values.priority ?? 'specialist',
      standardDirectory: values.persona?.standard_directory ?? values.standard_directory,
      path,
      body: split.body,
      contentHash,
      sizeBytes,
      maxTurns: values.max_turns,
      tools: values.tools,
      disallowedTools: values.disallowed_tools ?? [],
      model: values.model,
      checks: [...new Set(checks)],
      checkPlaces: new Map(checks.map((check, at) => [check, placeOfCheck(at)])),
      frontMatter: frontMatter.data,
      unusedKeys: keys.unused,
    },
    problems,
  };
}

/** What is wrong with a file of this size. */
export function tooLarge(sizeBytes: number, maxBytes: number): string {
  return `the file has ${sizeBytes} bytes, more than the ${maxBytes} of personas.max_document_bytes; shorten it`;
}

async function frontMatterOf(
  { known, path }: DocumentSource,
  split: SplitDocument,
  contentHash: string,
  problems: PersonaProblem[],
): Promise<(FrontMatter & { values?: FrontMatterValues }) | undefined> {
  if (known?.contentHash === contentHash) {
    const { data, values } = known;
    return { data, values, placeOf: () => ({ line: split.yamlLine, column: 1 }) };
  }
  const { parseFrontMatter } = await import('../../../platform/front-matter/index.ts');
  const parsed = parseFrontMatter(split.yaml, split.yamlLine, 'name: Security');
  problems.push(...parsed.problems.map((problem) => ({ path, ...problem })));
  return parsed.frontMatter;
}

function checkValues(values: FrontMatterValues, identifier: string, report: ReportProblem): void {
  const { name, persona } = values;
  if (name !== undefined && isPersonaName(name) && name !== identifier) {
    report(['name'], 'error', `"name" is ${name}, but the file is ${identifier}.md; rename one of them`);
  }
  if (values.description === undefined) {
    report([], 'warning', 'there is no "description"; people and models choose a persona by it');
  }
  for (const key of ['standard_directory', 'priority'] as const) {
    if (values[key] === undefined || persona?.[key] === undefined || values[key] === persona[key]) continue;
    report(
      [key],
      'warning',
      `"${key}" is ${values[key]} here and ${persona[key]} under "persona:", which counts`,
    );
  }
  for (const key of ['tools', 'disallowed_tools'] as const) {
    for (const tool of values[key] ?? []) {
      if ((personaToolNames as readonly string[]).includes(tool)) continue;
      report(
        [key],
        'warning',
        `"${key}" names ${tool}, which is not a tool here; the tools are ${personaToolNames.join(', ')}`,
      );
    }
  }
}
