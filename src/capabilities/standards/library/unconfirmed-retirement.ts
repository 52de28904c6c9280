import type { StandardReading } from './standards-library.ts';

/**
 * Whether the file says retired of a standard that a person approved here, in a text that nobody here retired or adopted.
 * Retiring is a person's act: whoever can write the file, or push, could else switch the standard off unseen.
 */
export function isRetirementUnconfirmed({
  document,
  approval,
}: Pick<StandardReading, 'document' | 'approval'>): boolean {
  return document.status === 'retired' && approval === 'changed';
}

/** Why such a standard is not in force, and what a person does about it, for a list that names it. */
export function unconfirmedInWords(id: string): string {
  return `its file says retired, which nobody on this machine has confirmed: \`troupe standards adopt ${id}\` shows it`;
}
