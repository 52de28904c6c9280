import { invoke, onOneLine, quoted } from '../../../kernel/index.ts';
import { cliCall, type CliHost, type GlobalOptions } from '../cli-host.ts';
import { operationNamed, printOutput } from './run-operation.ts';

interface ShownPersona {
  display_name: string;
  path: string;
  body: string;
  content_hash: string;
  trusted: boolean;
  layer: string;
}

/**
 * `troupe personas trust` by a person: shows the text, asks, and trusts exactly what was shown. Without a terminal, or
 * with a hash given, the operation decides alone.
 */
export async function trustPersona<Deps>(
  host: CliHost<Deps>,
  input: Record<string, unknown>,
  options: GlobalOptions,
): Promise<number> {
  const { terminal } = host;
  const operation = operationNamed(host, 'personas.trust');
  const session = await host.openSession(options);
  try {
    const context = { deps: await session.deps(), call: cliCall };
    let contentHash = input['content_hash'];
    if (contentHash === undefined && terminal.inIsTerminal) {
      const show = operationNamed(host, 'personas.show');
      const shown = (await invoke(show, { persona: input['persona'] }, context)) as ShownPersona;
      if (shown.layer === 'project' && !shown.trusted) {
        const head = `${shown.display_name} (${shown.path}), hash ${shown.content_hash.slice(0, 12)}`;
        terminal.err(`${onOneLine(head)}\n\n${quoted(shown.body.trim())}\n\n`);
        const question = 'Let language models read this persona, in exactly this text?';
        if (!(await terminal.confirm(question, 'no'))) {
          terminal.err('Not trusted.\n');
          return 0;
        }
      }
      contentHash = shown.content_hash;
    }
    const given = { ...input, ...(contentHash === undefined ? {} : { content_hash: contentHash }) };
    printOutput(host, operation.name, await invoke(operation, given, context), options);
    return 0;
  } finally {
    await session.close();
  }
}
