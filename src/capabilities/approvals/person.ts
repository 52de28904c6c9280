import type { Call } from '../../kernel/index.ts';
import { approvalErrors } from './errors.ts';

/** How a person's answer reached us. */
export type Channel = 'terminal' | `elicitation:${string}`;

/**
 * Somebody whose answer counts. Made only where a person was seen to act: `personAtTerminal`, and the elicitation
 * desk of this capability. A value of the same shape from elsewhere is refused where it would matter.
 */
export interface Person {
  readonly name: string;
  readonly channel: Channel;
}

const seen = new WeakSet();

function person(name: string, channel: Channel): Person {
  const made = Object.freeze({ name, channel });
  seen.add(made);
  return made;
}

/** What tells whether a person sits at this process's terminal, and who. */
export interface Presence {
  /** Whether standard input is a terminal. */
  personIsPresent: () => boolean;
  /** Account name on this machine. */
  personName: () => string;
}

/**
 * The person at the terminal of a command. `act` is what they do (`approve`), `command` how they would do it.
 * Errors: `approvals.needs_person` for every other door, and without a terminal.
 */
export function personAtTerminal(
  call: Pick<Call, 'door'>,
  presence: Presence,
  { act, command }: { act: string; command: string },
): Person {
  const isTerminal = (call.door === 'cli' || call.door === 'tui') && presence.personIsPresent();
  if (!isTerminal) throw approvalErrors.make('approvals.needs_person', { act, command });
  return person(presence.personName(), 'terminal');
}

/** The person whom a client asked. Not for operations: only the elicitation desk knows that one was asked. */
export function personByElicitation(client: string, presence: Pick<Presence, 'personName'>): Person {
  return person(presence.personName(), `elicitation:${client}`);
}

/** Refuses a person that nobody saw. Errors: `approvals.needs_person`. */
export function assertSeen(given: Person, facts: { act: string; command: string }): void {
  if (!seen.has(given)) throw approvalErrors.make('approvals.needs_person', facts);
}
