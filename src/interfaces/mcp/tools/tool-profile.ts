/** `full`: a tool for each persona and for everything else. `compact`: one tool for all personas and the few it needs. */
export type ToolProfile = 'full' | 'compact';

const inCompact: ReadonlySet<string> = new Set([
  'personas.invoke',
  'jobs.check',
  'jobs.cancel',
  'standards.search',
]);

/** Whether this profile offers an operation, by the operation's name. */
export function profileOffers(profile: ToolProfile, operationName: string): boolean {
  return profile === 'full' || inCompact.has(operationName);
}

/** Whether an operation is about personas or their jobs, and goes when the persona tools are switched off. */
export function isPersonaOperation(operationName: string): boolean {
  return operationName.startsWith('personas.') || operationName.startsWith('jobs.');
}
