/**
 * Writes `docs/json-output.md`, what every command prints with `--json`, from the contracts: `npm run docs:json`.
 * A test compares the file with what this makes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  completionScript,
  diagnosis,
  explainedSettings,
  pulledModel,
  setupReport,
} from '../src/capabilities/setup/contract/index.ts';
import { reviewReport } from '../src/capabilities/work/contract/index.ts';
import { operations } from '../src/app/operations.ts';
import { exitCodes, findingsExitCode, interruptedExitCode } from '../src/interfaces/cli/index.ts';

interface Schema {
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  additionalProperties?: Schema | boolean;
}

const document = join(import.meta.dirname, '..', 'docs', 'json-output.md');

const error = z.object({
  error: z
    .object({
      code: z.string().describe('Stable.'),
      category: z.enum(Object.keys(exitCodes)).describe('Picks the exit code; see the table above.'),
      message: z.string().describe('What happened, with the figure and the limit where there is one.'),
      remedy: z.string().describe('What to do next.'),
      details: z.record(z.string(), z.unknown()).describe('The facts as data.'),
      retryable: z.boolean().describe('Whether the same call may succeed later without a change.'),
      retry_after_ms: z.int().min(0).optional().describe('Milliseconds to wait before that.'),
    })
    .describe('Why the command failed.'),
});

function render(): string {
  const parts: [command: string, schema: z.ZodType][] = [];
  for (const { doors, output } of operations) {
    if (doors.cli === 'ask')
      parts.push(['ask` and `troupe jobs watch', reviewReport], ['ask --detach', output as z.ZodType]);
    else if (doors.cli !== undefined) parts.push([doors.cli, output as z.ZodType]);
  }
  parts.push(
    ['init', setupReport],
    ['doctor', diagnosis],
    ['config explain', explainedSettings],
    ['models pull', pulledModel],
    ['completion', completionScript],
  );
  return [
    '# What `--json` prints',
    '',
    'One JSON object on standard output for each command; notes and progress go to standard error. Fields are added in later',
    'versions, never renamed or removed. Made from the contracts by `scripts/json-output.ts`; do not edit.',
    '',
    '## Exit codes',
    '',
    '| code | meaning |',
    '| --- | --- |',
    '| 0 | done; a review that completes is done, findings or not, and so is a question that was answered no |',
    ...Object.entries(exitCodes)
      .sort(([, a], [, b]) => a - b)
      .map(([category, code]) => `| ${code} | error of category ${category}${alsoFor[category] ?? ''} |`),
    `| ${findingsExitCode} | a finding of the severity that \`--fail-on\` names or worse, with \`check\` any unless told otherwise; an export out of step |`,
    `| ${interruptedExitCode} | Ctrl-C, also at a question; what there was is printed and kept |`,
    '',
    'Where `standards propose`, `standards generate` and `standards adopt` refuse one of several, the rest is done, and the exit',
    'code is that of the first in `skipped`, by its category.',
    '',
    '## Any command that fails',
    '',
    ...fieldTable(schemaOf(error)),
    ...parts.flatMap(([command, schema]) => [
      '',
      `## \`troupe ${command}\``,
      '',
      ...fieldTable(schemaOf(schema)),
    ]),
    '',
  ].join('\n');
}

/** What besides an error has the exit code of its category. */
const alsoFor: Readonly<Record<string, string>> = {
  conflict:
    '; with `check`, changes that could not be compared, unless `--fail-on never`; with `ask --fail-on`, a review that judged nothing',
};

const schemaOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input' }) as Schema;

function fieldTable(schema: Schema): string[] {
  return ['| field | type | meaning |', '| --- | --- | --- |', ...rowsOf(schema, '')];
}

function rowsOf(schema: Schema, prefix: string): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const path = `${prefix}${name}`;
    const optional = (schema.required ?? []).includes(name) ? '' : ', may be missing';
    const row = `| \`${path}\` | ${typeOf(property)}${optional} | ${(property.description ?? '').replaceAll('|', '\\|')} |`;
    const inner = innerOf(property);
    return [row, ...(inner === undefined ? [] : rowsOf(inner.schema, `${path}${inner.mark}.`))];
  });
}

function innerOf(property: Schema): { schema: Schema; mark: string } | undefined {
  if (property.properties !== undefined) return { schema: property, mark: '' };
  if (property.items?.properties !== undefined) return { schema: property.items, mark: '[]' };
  const choice = property.anyOf?.find(({ properties }) => properties !== undefined);
  return choice === undefined ? undefined : { schema: choice, mark: '' };
}

function typeOf({ type, enum: choices, const: only, items, anyOf }: Schema): string {
  if (only !== undefined) return `\`${JSON.stringify(only)}\``;
  if (choices !== undefined) return choices.map((choice) => `\`${String(choice)}\``).join(', ');
  if (anyOf !== undefined) return anyOf.map(typeOf).join(' or ');
  if (type === 'array') return `list of ${items === undefined ? 'values' : typeOf(items)}`;
  return Array.isArray(type) ? type.join(' or ') : (type ?? 'any');
}

const made = render();
if (process.argv.includes('--check')) {
  if (readFileSync(document, 'utf8') !== made) {
    console.error('docs/json-output.md is out of date: run npm run docs:json.');
    process.exitCode = 1;
  }
} else writeFileSync(document, made);
