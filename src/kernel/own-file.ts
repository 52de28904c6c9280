/**
 * Where a file or folder lies that Troupe brings along, seen from the module whose `import.meta.url` is given: `source` while
 * the TypeScript runs as it is, `built` from a file of `dist/`, in which every module lies beside the others.
 */
export function ownFile(module: string, { source, built }: { source: string; built: string }): URL {
  return new URL(module.endsWith('.ts') ? source : built, module);
}
