import { compileGlob, isBelow, type ProjectFiles } from '../../../platform/files/index.ts';

/**
 * The project's files with some texts in the place of what lies on disk, such as what a diff would leave; such a file need
 * not be there. `grep` leaves these files out: what it found on disk would not stand there.
 */
export function filesWithTexts(files: ProjectFiles, texts: ReadonlyMap<string, string>): ProjectFiles {
  if (texts.size === 0) return files;
  const keyOf = (path: string) => path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
  /** Places that are not texts alone; what is nowhere stays, to be refused. */
  const onDiskOf = async (places: readonly string[]) => {
    const isThere = await Promise.all(
      places.map((place) =>
        files.resolve(place).then(
          () => true,
          () => !texts.has(keyOf(place)),
        ),
      ),
    );
    return places.filter((_place, index) => isThere[index]);
  };
  const entryOf = (path: string) => ({ path, sizeBytes: Buffer.byteLength(texts.get(path)!) });
  return {
    ...files,
    async resolve(path) {
      const relative = keyOf(path);
      if (!texts.has(relative)) return files.resolve(path);
      return files
        .resolve(path)
        .catch(() => ({ absolute: `${files.root}/${relative}`, relative, kind: 'file' as const }));
    },
    async readText(path, options) {
      const text = texts.get(keyOf(path));
      if (text === undefined) return files.readText(path, options);
      return { path: keyOf(path), text, lines: lineCount(text), sizeBytes: Buffer.byteLength(text) };
    },
    async grep(options) {
      const { under = [] } = options;
      const placed = await onDiskOf(under);
      if (under.length > 0 && placed.length === 0)
        return { matches: [], truncated: false, truncatedBy: undefined, filesSearched: 0, skipped: [] };
      const found = await files.grep({ ...options, under: placed });
      return { ...found, matches: found.matches.filter(({ file }) => !texts.has(file)) };
    },
    async list(options = {}) {
      const { under = [], glob } = options;
      const placed = await onDiskOf(under);
      const onDisk =
        under.length > 0 && placed.length === 0
          ? { files: [], skipped: [], ignored: 0, truncated: false }
          : await files.list({ ...options, under: placed });
      const matches = glob === undefined ? () => true : compileGlob(glob);
      const added = [...texts.keys()].filter((path) => isBelow(path, under.map(keyOf)) && matches(path));
      const others = onDisk.files.filter(({ path }) => !texts.has(path));
      const all = [...others, ...added.map(entryOf)];
      return {
        ...onDisk,
        files: all.sort((a, b) => (a.path < b.path ? -1 : 1)),
        skipped: onDisk.skipped.filter(({ path }) => !texts.has(path)),
      };
    },
  };
}

const lineCount = (text: string) =>
  text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
