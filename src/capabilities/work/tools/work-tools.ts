import { gitDiffTool } from './git-diff.ts';
import { grepFilesTool } from './grep-files.ts';
import { listFilesTool } from './list-files.ts';
import { proposeStandardTool } from './propose-standard.ts';
import { readFileTool } from './read-file.ts';
import { reportFindingTool } from './report-finding.ts';
import { runAnalyzersTool } from './run-analyzers.ts';
import { searchStandardsTool } from './search-standards.ts';
import type { WorkTool } from './work-tool.ts';

/** Every tool a persona can have. */
export const workTools: readonly WorkTool[] = [
  searchStandardsTool,
  listFilesTool,
  grepFilesTool,
  readFileTool,
  gitDiffTool,
  runAnalyzersTool,
  reportFindingTool,
  proposeStandardTool,
];

/** The tools of one persona: those it names, or all; never those it denies. */
export function toolsOf(persona: {
  tools: readonly string[] | undefined;
  disallowedTools: readonly string[];
}): readonly WorkTool[] {
  return workTools.filter(
    (tool) =>
      (persona.tools === undefined || persona.tools.includes(tool.name)) &&
      !persona.disallowedTools.includes(tool.name),
  );
}
