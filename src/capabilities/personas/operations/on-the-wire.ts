import type { PersonaOnTheWire, PersonaProblemOnTheWire } from '../contract/index.ts';
import type { Persona, PersonaProblem } from '../persona.ts';

export function summaryOf(persona: Persona): PersonaOnTheWire {
  return {
    name: persona.name,
    display_name: persona.displayName,
    description: persona.description,
    priority: persona.priority,
    layer: persona.layer,
    replaces: [...persona.replaces],
    trusted: persona.trusted,
    tool_name: persona.toolName,
    standard_directory: persona.standardDirectory ?? null,
    checks: [...persona.checks],
    path: persona.path,
  };
}

export function problemOf({
  path,
  line,
  column,
  severity,
  message,
}: PersonaProblem): PersonaProblemOnTheWire {
  return { path, line: line ?? null, column: column ?? null, severity, message };
}
