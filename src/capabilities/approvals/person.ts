import { assertPerson, kernelErrors, type Call, type PersonsAct } from '../../kernel/index.ts';

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
 * The person at the terminal of a command. Errors: `call.needs_person` for every other door, and without a terminal.
 */
export function personAtTerminal(call: Pick<Call, 'door'>, presence: Presence, act: PersonsAct): Person {
  assertPerson(call, presence, act);
  return person(presence.personName(), 'terminal');
}

/** The person whom a client asked. Not for operations: only the elicitation desk knows that one was asked. */
export function personByElicitation(client: string, presence: Pick<Presence, 'personName'>): Person {
  return person(presence.personName(), `elicitation:${client}`);
}

/** Refuses a person that nobody saw. Errors: `call.needs_person`. */
export function assertSeen(given: Person, act: PersonsAct): void {
  if (!seen.has(given)) throw kernelErrors.make('call.needs_person', act);
}
