/** The system's code of a failed file operation, such as `ENOENT`; `undefined` for any other error. */
export function systemCode(error: unknown): string | undefined {
  // Not `instanceof Error`: the script runner's errors belong to another context.
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Whether the error says that nothing stands at that path. */
export function isMissing(error: unknown): boolean {
  const code = systemCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}
