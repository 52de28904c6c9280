import type { ReadResourceResult, Resource, ResourceTemplateType } from '@modelcontextprotocol/server';
import { counted, type AnyOperation, type Call } from '../../../kernel/index.ts';
import { mayHoldSecret } from '../../../capabilities/analyzers/contract/index.ts';
import { mcpErrors } from '../errors.ts';
import type { CallPath } from '../server/call-path.ts';
import type { ListedStandard, StandardSource } from '../standard-source.ts';
import type { McpResources } from './mcp-resources.ts';

const form = 'troupe://standards/{domain}/{topic}';
const standardUri = /^troupe:\/\/standards\/([a-z0-9-]+)\/([a-z0-9-]+)$/;

interface Shown {
  text: string;
  file: string;
  approval: 'approved' | 'unapproved' | 'changed' | 'shipped';
  status: 'active' | 'retired';
  replaced_by: string | null;
}

/**
 * Standards as documents. Listed are those of the project that a person approved; read can be any, those that ship with
 * Troupe too, each with its standing in its first line. What may be a secret is masked, as in results of a search, and a
 * note says so: whoever reads it, a model does.
 */
export function openStandardResources<Deps>(
  operations: readonly AnyOperation<Deps>[],
  path: CallPath<Deps>,
  source: StandardSource,
): McpResources {
  const show = operations.find(({ name }) => name === 'standards.show');
  return {
    forms: show === undefined ? [] : [form],
    templates: () => (show === undefined ? [] : [template]),
    list: async () => (show === undefined ? [] : Promise.all((await source.list()).map(asResource))),
    reads: (uri) => show !== undefined && standardUri.test(uri),
    async read(uri: string, call: Call): Promise<ReadResourceResult> {
      const [, domain, topic] = standardUri.exec(uri) ?? [];
      if (show === undefined || domain === undefined)
        throw mcpErrors.make('mcp.unknown_resource', { uri, forms: [form] });
      const shown = (await path.run(show, { standard: `${domain}/${topic}` }, call)) as unknown as Shown;
      const { text, redacted } = await masked(withoutFrontMatter(shown.text));
      const head = [standingOf(shown), ...(redacted === 0 ? [] : [maskedNote(redacted, shown.file)])];
      return {
        contents: [{ uri, mimeType: 'text/markdown', text: `${head.join('\n')}\n\n${text}` }],
      };
    },
  };
}

async function asResource({ id, title: given, rule }: ListedStandard): Promise<Resource> {
  const [title, description] = await Promise.all([given, rule === '' ? given : rule].map(masked));
  return {
    uri: `troupe://standards/${id}`,
    name: id,
    title: title!.text,
    description: description!.text,
    mimeType: 'text/markdown',
  };
}

/** The full scan loads a package; most texts cannot hold a secret. */
async function masked(text: string): Promise<{ text: string; redacted: number }> {
  if (!mayHoldSecret(text)) return { text, redacted: 0 };
  const { redactSecrets } = await import('../../../capabilities/analyzers/index.ts');
  return redactSecrets(text);
}

const maskedNote = (count: number, file: string) =>
  `> ${counted(count, 'secret')} ${count === 1 ? 'is' : 'are'} masked here and stand${count === 1 ? 's' : ''} in ${file}: tell its owner.`;

/** Read before the text: an unapproved one must not be taken for a rule of the project. */
function standingOf({ approval, status, file, replaced_by: replacedBy }: Shown): string {
  const standings = {
    approved: 'Approved by a person in exactly this text.',
    unapproved: 'Not approved by anybody on this machine: no rule of this project yet.',
    changed: 'Changed after it was approved: this text is not a rule of this project.',
    shipped: 'Ships with Troupe; this project may say otherwise.',
  } as const;
  const instead = replacedBy === null ? '' : ` In its place: ${replacedBy}.`;
  const retired = status === 'retired' ? ` Retired: no longer in force.${instead}` : '';
  return `> ${standings[approval]}${retired} Source: ${file}`;
}

const withoutFrontMatter = (text: string) =>
  text
    .replaceAll('\r\n', '\n')
    .replace(/^\uFEFF?---\n[^]*?\n---[ \t]*(?:\n|$)/, '')
    .trimStart();

const template: ResourceTemplateType = {
  uriTemplate: form,
  name: 'standard',
  description: 'A standard, with its standing.',
  mimeType: 'text/markdown',
};
