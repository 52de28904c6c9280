import { stat } from 'node:fs/promises';
import { setupErrors } from '../errors.ts';
import { clientNames, type Client, type Places } from './client.ts';
import { clients } from './client-table.ts';

/** The clients that have left traces in the project or in the home folder, in the table's order. */
export async function findClients(places: Places): Promise<Client[]> {
  const used = await Promise.all(
    clients.map(async (client) => {
      const traces = await Promise.all(
        client.traces(places).map((path) => stat(path).catch(() => undefined)),
      );
      return traces.some((facts) => facts !== undefined);
    }),
  );
  return clients.filter((_, index) => used[index]);
}

/** The clients of a comma-separated list. Errors: `setup.unknown_client`. */
export function clientsNamed(list: string): Client[] {
  const given = list.split(',').map((name) => name.trim());
  const named = given.map((name) => {
    const client = clients.find((candidate) => candidate.name === name);
    if (client === undefined)
      throw setupErrors.make('setup.unknown_client', { given: name, known: clientNames });
    return client;
  });
  return [...new Set(named)];
}
