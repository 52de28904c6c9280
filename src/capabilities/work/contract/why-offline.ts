import type { OfflineReason } from './finding.ts';

/** Why the offline reviewer answered for this persona, and what changes it; `null` for reviews that do not say. */
export function whyOffline(persona: string, because: OfflineReason | null): string {
  switch (because) {
    case 'untrusted_persona':
      return `nobody trusted this persona yet, so no language model reads it; \`troupe personas trust ${persona}\` changes that`;
    case 'no_model':
      return 'no language model is set; `troupe doctor` shows how to add one';
    case null:
      return 'no language model was used';
  }
}
