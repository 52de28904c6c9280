/** The tools a persona has, and the names that `tools` and `disallowed_tools` may use. All of them only read. */
export const personaToolNames = [
  'search_standards',
  'read_file',
  'list_files',
  'grep_files',
  'git_diff',
  'run_analyzers',
  'report_finding',
] as const;

/** One of the tools a persona can have. */
export type PersonaToolName = (typeof personaToolNames)[number];
