import { stat } from 'node:fs/promises';
import { isAppError } from '../../../kernel/index.ts';
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
  for (const client of clients) {
    try {
      const [plan] = await planClients([client], launch, places);
      findings.push(
        plan!.isCurrent
          ? ok('mcp', `${client.title} knows troupe (${plan!.change.shownPath})`)
          : warning(
              'mcp',
              `${client.title} does not know this troupe (${plan!.change.shownPath})`,
              `troupe init --client ${client.name}`,
            ),
      );
    } catch (error) {
      if (!isAppError(error)) throw error;
      findings.push(broken('mcp', error));
    }
  }
  return findings;
}
