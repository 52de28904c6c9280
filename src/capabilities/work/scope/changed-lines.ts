/** Lines of files, by path: `line` from 1, in the version that is looked at. */
export type ChangedLines = ReadonlyMap<string, ReadonlySet<number>>;
