import { inOrder, type Digest } from '../digest/digest.ts';
import { fitDigests, formLosses, type DigestForm } from '../digest/fit-digests.ts';
import { shortListOf } from '../digest/short-list.ts';
import { exceptionOf } from '../digest/export-body.ts';
import { fileOfPointer } from '../digest/pointer.ts';
import type { RegionFormat, StandingEntries, StandingSection } from './export-format.ts';
import { globsOf } from './file-globs.ts';

/**
 * AGENTS.md, read by many agents. It knows no path scopes, so they are said in words, and it is kept shorter: it is read
 * whole in every session, and Codex stops at 32 KiB.
 */
export const agentsMd: RegionFormat = {
  kind: 'region',
  target: 'agents-md',
  path: 'AGENTS.md',
  most: { rules: 8, avoid: 0 },
  readersStopAt: { sizeBytes: 32_768, setting: "Codex's project_doc_max_bytes" },
  region(digests, kept) {
    if (digests.length === 0 && kept.length === 0) return { content: '', losses: [] };
    const { text, forms } = fitDigests(digests, 'points', (chosen) => textOf(chosen, kept));
    const losses = [...forms].flatMap(([{ id }, form]) =>
      form === 'points' ? [] : [{ standard: id, what: formLosses[form] }],
    );
    return { content: text, losses };
  },
  entriesOf,
  losses: ({ id, appliesTo }) =>
    appliesTo.length === 0
      ? []
      : [
          {
            standard: id,
            what: 'its scope as data: AGENTS.md is read whole, so the globs are said in words',
          },
        ],
};

function textOf(forms: ReadonlyMap<Digest, DigestForm>, kept: readonly StandingSection[]): string {
  const digests = [...forms.keys()];
  const approved = digests.some(({ universal }) => universal)
    ? 'People approved these standards, or chose them from those that ship with Troupe.'
    : 'People approved these standards.';
  const intro = `${approved} Follow them where they apply, and read the whole text before departing from it.`;
  const inFull = digests.filter((digest) => forms.get(digest) === 'points');
  const sections = [
    ...inFull.map((digest) => ({ id: digest.id, universal: digest.universal, text: sectionOf(digest) })),
    ...kept.map(({ id, text }) => ({ id, universal: false, text })),
  ]
    .sort(inOrder)
    .map(({ text }) => text);
  const list = shortListOf(forms);
  return ['## Standards of this project', intro, ...sections, ...(list === '' ? [] : ['### In short', list])]
    .join('\n\n')
    .concat('\n');
}

function sectionOf(digest: Digest): string {
  const globs = globsOf(digest).map((glob) => `\`${glob}\``);
  return [
    `### ${digest.title}`,
    globs.length === 0 ? '' : `For ${globs.join(', ')}.`,
    exceptionOf(digest.notFor),
    digest.lead,
    digest.rules.map((rule) => `- ${rule}`).join('\n'),
    digest.pointer,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** A section begins with its title and ends with the way to the whole; what does not end so is the list in short. */
function entriesOf(content: string): StandingEntries {
  const sections = new Map<string, string>();
  const inShort = new Set<string>();
  let isCounting = false;
  for (const text of content.trimEnd().split(/\n\n(?=### )/)) {
    const lines = text.split('\n');
    const file = fileOfPointer(lines.at(-1)!);
    if (file !== undefined) {
      sections.set(file, text);
      continue;
    }
    for (const line of lines) {
      const id = /^- `([^`]+)` /.exec(line)?.[1];
      if (id !== undefined) inShort.add(id);
      isCounting ||= /^- \d+ more: /.test(line);
    }
  }
  return { sections, inShort, isCounting };
}
