import { stat } from 'node:fs/promises';
import type { Client, Places } from '../clients/client.ts';
import { planClients } from '../plan-clients.ts';
import type { Launch } from '../program/launch.ts';
import { broken, ok, warning, type Finding } from './check.ts';

/** Whether the clients found here can start the server, and start this one. */
export async function checkClients(
  clients: readonly Client[],
  launch: Launch,
  places: Places,
): Promise<Finding[]> {
  const findings = launch.warnings.map((text) => warning('mcp', text, ''));
  const missing = (await stat(launch.entry).catch(() => undefined)) === undefined;
  if (missing)
    findings.push(
      warning('mcp', `${launch.entry} is not there`, 'Install troupe again, or build it: npm run build'),
    );
  else findings.push(ok('mcp', `${launch.command} ${launch.entry} mcp`));
  const { plans, refused } = await planClients(clients, launch, places);
  for (const { client, title, change, isCurrent } of plans) {
    findings.push(
      isCurrent
        ? ok('mcp', `${title} knows troupe (${change.shownPath})`)
        : warning(
            'mcp',
            `${title} does not know this troupe (${change.shownPath})`,
            `troupe init --client ${client}`,
          ),
    );
  }
  return [...findings, ...refused.map(({ error }) => broken('mcp', error))];
}
