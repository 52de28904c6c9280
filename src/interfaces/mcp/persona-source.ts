/** A persona as this door shows it to a client and its model. */
export interface PersonaCard {
  /** Kebab-case identifier, such as `workflow-executor`. */
  name: string;
  /** Title for people. */
  displayName: string;
  /** What the client's model is told about it. An untrusted persona's own words do not belong here. */
  description: string;
  priority: 'core' | 'specialist';
}

/** Where this door learns which personas can be asked. */
export interface PersonaSource {
  /** Those that can be asked now: core first. Personas that are switched off are not in it. */
  list(): Promise<readonly PersonaCard[]>;
  /** Calls back after the list may have changed. Returns the way to stop. */
  onChange(listener: () => void): () => void;
}
