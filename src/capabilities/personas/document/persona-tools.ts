/** The tools a persona has, and the names that `tools` and `disallowed_tools` may use. None writes to the project. */
export const personaToolNames = [
  'search_standards',
  'read_file',
  'list_files',
  'grep_files',
  'git_diff',
  'run_analyzers',
  'report_finding',
  'propose_standard',
] as const;

/** One of the tools a persona can have. */
export type PersonaToolName = (typeof personaToolNames)[number];
