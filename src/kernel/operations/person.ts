import { hiddenCharacter } from '../contract/index.ts';
import { kernelErrors } from '../errors/kernel-errors.ts';
import type { Call } from './operation.ts';

/** What a person does, in words (`approving`), and the command by which they do it. */
export interface PersonsAct {
  act: string;
  command: string;
}

/**
 * Refuses what is a person's act to everybody but a person at the terminal of a command. `personIsPresent` tells
 * whether standard input is a terminal. Errors: `call.needs_person` for every other door, and without a terminal.
 */
export function assertPerson(
  call: Pick<Call, 'door'>,
  presence: { personIsPresent: () => boolean },
  act: PersonsAct,
): void {
  if (call.door !== 'cli' || !presence.personIsPresent()) throw kernelErrors.make('call.needs_person', act);
}

/**
 * A person's reason, fit to be stored where others read it.
 * Errors: `call.needs_reason`, `call.hidden_in_reason`, `call.secret_in_reason`.
 */
export async function reasonOf(
  given: string | undefined,
  act: PersonsAct,
  scanForSecrets: (text: string) => Promise<readonly { kind: string }[]>,
): Promise<string> {
  const because = given?.trim() ?? '';
  if (because === '') throw kernelErrors.make('call.needs_reason', act);
  const hidden = hiddenCharacter(because);
  if (hidden !== undefined) throw kernelErrors.make('call.hidden_in_reason', { ...hidden });
  const [secret] = await scanForSecrets(because);
  if (secret !== undefined) throw kernelErrors.make('call.secret_in_reason', { kind: secret.kind });
  return because;
}
