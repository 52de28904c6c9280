import type { Finding } from '../../../capabilities/setup/index.ts';
import type { Paint } from '../terminal/paint.ts';

/** The lines of `troupe doctor`: what is right, what works differently than one may expect, what is broken. */
export function renderDiagnosis(findings: readonly Finding[], paint: Paint): string {
  const marks = { ok: paint.green('✓'), warning: paint.yellow('!'), broken: paint.red('✗') };
  return findings
    .map(({ subject, state, message, remedy }) => {
      const line = ` ${marks[state]} ${subject.padEnd(13)} ${message}`;
      return remedy === '' ? line : `${line}\n${' '.repeat(17)}→ ${remedy}`;
    })
    .join('\n');
}
