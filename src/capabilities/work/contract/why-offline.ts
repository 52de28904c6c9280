import type { OfflineReason } from './finding.ts';

/** Why no language model reads a persona of the project, and what changes it. */
export function untrusted(persona: string): string {
  return `nobody has trusted this persona yet, so no language model reads it; \`troupe personas trust ${persona}\` changes that`;
}

/** Why the offline reviewer answered for this persona, and what changes it; `null` for reviews that do not say. */
export function whyOffline(persona: string, because: OfflineReason | null): string {
  switch (because) {
    case 'untrusted_persona':
      return untrusted(persona);
    case 'no_model':
      return 'no language model is set; `troupe doctor` shows how to add one';
    case null:
      return 'no language model was used';
  }
}
