/** Where breaking a rule makes the code better, in the open: the check, the file, and why. */
export const exceptions: readonly { check: string; file: string; reason: string }[] = [
  {
    check: 'both-databases',
    file: 'src/capabilities/search/store/index-store.ts',
    reason:
      'The index is a cache on this machine, in SQLite or LanceDB; its suite runs on both, and on none of a server.',
  },
];
