import type { PersonaProblem } from '../persona.ts';

/** Exactly one text of one persona in one project. */
export interface TrustKey {
  /** Real path of the project's root. */
  projectRoot: string;
  persona: string;
  /** SHA-256 of the file's bytes, lowercase hex. */
  contentHash: string;
}

/** What was trusted at the moment of reading. */
export interface TrustRecord {
  isTrusted(key: TrustKey): boolean;
  /** Why the record could not be read; nothing is trusted then. */
  readonly problem: PersonaProblem | undefined;
}

/** Remembers which project personas a person trusted. Lives outside any project. */
export interface TrustStore {
  /** Never throws: an unreadable record trusts nothing and says so. Cheap when nothing changed. */
  read(): Promise<TrustRecord>;
  /**
   * Records a person's trust. `trustedAt` in milliseconds since 1970.
   * Returns false when exactly this was trusted before. Errors: `personas.trust_unreadable`,
   * `personas.trust_locked`.
   */
  trust(key: TrustKey, trustedAt: number): Promise<boolean>;
  /**
   * Withdraws the trust in every text of a project's persona. Resolves to how many texts were trusted.
   * Errors: as `trust`.
   */
  distrust(key: Omit<TrustKey, 'contentHash'>): Promise<number>;
}
