import type { Digest } from './digest.ts';

/** How much of a standard is said: its points, the rule alone, its name alone, or nothing of its own. */
export type DigestForm = 'points' | 'rule' | 'name' | 'left-out';

/**
 * Most bytes of a text that an agent reads in every session, whatever it works on. Readers of AGENTS.md stop at 32 KiB;
 * half of that is left for what people write.
 */
export const mostAlwaysReadBytes = 16_384;

const shorter: Readonly<Record<Exclude<DigestForm, 'left-out'>, DigestForm>> = {
  points: 'rule',
  rule: 'name',
  name: 'left-out',
};

/** What a digest that is not said in full has lost. */
export const formLosses: Readonly<Record<Exclude<DigestForm, 'points'>, string>> = {
  rule: 'its points: the rule alone, for want of room',
  name: 'its rule: the name alone, for want of room',
  'left-out': 'everything: counted only, for want of room',
};

/**
 * The longest form of each digest with which the whole is at most `mostBytes` long. Standards that ship with Troupe are
 * shortened before those of the project, of equals the last first, and none is left out while another could be shortened.
 * Points are kept for all of those that ship or for none: which of them come first in the alphabet says nothing.
 */
export function fitDigests(
  digests: readonly Digest[],
  fullForm: 'points' | 'rule',
  render: (forms: ReadonlyMap<Digest, DigestForm>) => string,
  mostBytes: number = mostAlwaysReadBytes,
): { text: string; forms: ReadonlyMap<Digest, DigestForm> } {
  const forms = new Map<Digest, DigestForm>(digests.map((digest) => [digest, fullForm]));
  const fromLast = digests.toReversed();
  const shipped = fromLast.filter(({ universal }) => universal);
  const own = fromLast.filter(({ universal }) => !universal);
  const rounds = (['points', 'rule', 'name'] as const).flatMap((form) => [
    { form, group: shipped },
    { form, group: own },
  ]);
  let text = render(forms);
  const fits = () => Buffer.byteLength(text) <= mostBytes;
  for (const { form, group } of rounds) {
    if (fits()) return { text, forms };
    const together = form === 'points' && group === shipped;
    for (const digest of group) {
      if (!together && fits()) return { text, forms };
      if (forms.get(digest) !== form) continue;
      forms.set(digest, shorter[form]);
      text = render(forms);
    }
  }
  return { text, forms };
}
