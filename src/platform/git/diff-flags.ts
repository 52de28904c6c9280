/** No configured program, colour, prefix or context takes part; paths are relative to the root, and only those below it. */
export const diffFlags = [
  'diff',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--src-prefix=a/',
  '--dst-prefix=b/',
  '--unified=3',
  '--find-renames',
  '--relative',
  // Looking into a submodule would run git there, under its own configuration.
  '--submodule=short',
  '--ignore-submodules=dirty',
];
