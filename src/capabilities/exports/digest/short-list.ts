import { globsOf } from '../formats/file-globs.ts';
import type { Digest } from './digest.ts';
import type { DigestForm } from './fit-digests.ts';

const wayToTheWhole =
  'The whole of each: `troupe standards show` with the name in front, or the tool search_standards.';

/** Standards in a line each, with the way to the whole; empty when none is said in short. */
export function shortListOf(forms: ReadonlyMap<Digest, DigestForm>): string {
  const lines = [...forms].flatMap(([digest, form]) => {
    if (form === 'rule') return [lineOf(digest, digest.lead)];
    return form === 'name' ? [lineOf(digest, '')] : [];
  });
  const leftOut = [...forms.values()].filter((form) => form === 'left-out').length;
  const more = leftOut === 0 ? [] : [`- ${leftOut} more: \`troupe standards list\` names them.`];
  const list = [...lines, ...more];
  return list.length === 0 ? '' : `${wayToTheWhole}\n\n${list.join('\n')}`;
}

function lineOf(digest: Digest, lead: string): string {
  const globs = globsOf(digest).map((glob) => `\`${glob}\``);
  const except = digest.notFor.map((glob) => `\`${glob}\``);
  const scopes = [
    ...(globs.length === 0 ? [] : [`for ${globs.join(', ')}`]),
    ...(except.length === 0 ? [] : [`not for ${except.join(', ')}`]),
  ];
  const scope = scopes.length === 0 ? '' : ` (${scopes.join(', ')})`;
  return `- \`${digest.shownAs}\` ${digest.title}${scope}${lead === '' ? '' : `: ${lead}`}`;
}
