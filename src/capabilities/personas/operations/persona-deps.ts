import type { Clock } from '../../../kernel/index.ts';
import type { PersonaRegistry } from '../registry/persona-registry.ts';
import type { TrustStore } from '../trust/trust-store.ts';

/** What the operations of this capability need. */
export interface PersonaDeps {
  personas: PersonaRegistry;
  personaTrust: TrustStore;
  /** Real path of the project's root. */
  projectRoot: string;
  /** Largest accepted persona file, bytes (`personas.max_document_bytes`). */
  maxDocumentBytes: number;
  clock: Clock;
  /** Whether a person is there to answer: the CLI asks the terminal, other doors answer no. */
  personIsPresent(): boolean;
}
