import type { z } from 'zod';

/**
 * The value that a text from the environment or the command line stands for, by the kind of setting. What it cannot
 * stand for stays text, and the setting's schema refuses it. Lists are comma-separated, or JSON.
 */
export function textValue(schema: z.ZodType, text: string): unknown {
  const trimmed = text.trim();
  switch (kindOf(schema)) {
    case 'number':
      return trimmed !== '' && Number.isFinite(Number(trimmed)) ? Number(trimmed) : text;
    case 'boolean':
      return { true: true, '1': true, false: false, '0': false }[trimmed.toLowerCase()] ?? text;
    case 'array':
      return listOf(trimmed);
    default:
      return text;
  }
}

function listOf(text: string): unknown {
  if (!text.startsWith('[')) return text.split(',').flatMap((item) => item.trim() || []);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** The kind beneath default and optional wrappers. */
export function kindOf(schema: z.ZodType): string {
  const definition = schema.def as { type: string; innerType?: z.ZodType };
  return definition.innerType === undefined ? definition.type : kindOf(definition.innerType);
}
