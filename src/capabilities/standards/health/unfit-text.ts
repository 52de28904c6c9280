import { hiddenCharacter } from '../../../kernel/index.ts';
import type { StandardProblem } from '../document/standard.ts';

/**
 * What nobody could approve in a text that was written by hand: every secret, by line and kind, and the first character
 * that no reader sees. No message repeats a secret.
 */
export async function unfitText(
  text: string,
  scanForSecrets: (text: string) => Promise<readonly { line: number; kind: string }[]>,
): Promise<StandardProblem[]> {
  const hidden = hiddenCharacter(text);
  const secrets = await scanForSecrets(text);
  return [
    ...secrets.map(({ line, kind }) => ({
      line,
      severity: 'error' as const,
      message: `there is a secret (${kind}); take it out, and change it if others may have seen it`,
    })),
    ...(hidden === undefined
      ? []
      : [{ line: hidden.line, severity: 'error' as const, message: `there is ${hidden.found}` }]),
  ];
}
