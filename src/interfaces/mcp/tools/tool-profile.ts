/** `full`: a tool for each persona and for everything else. `compact`: one tool for all personas and the few it needs. */
export type ToolProfile = 'full' | 'compact';

/** What the configuration switches off. */
export interface ToolSwitches {
  /** False leaves only tools that need no persona, such as the search in standards. */
  personaTools: boolean;
  /** Names of tools that are not offered. */
  disabledTools: readonly string[];
}

export const allSwitchedOn: ToolSwitches = { personaTools: true, disabledTools: [] };

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
