import type { ProjectFiles } from '../../../platform/files/index.ts';
import { linesNamed } from './lines-named.ts';
import { namedPlaces } from './named-places.ts';
import type { LineRange } from './words-of-task.ts';

/** What a job looks at. */
export interface Scope {
  /** Project-relative places, forward slashes; empty for the whole project. */
  paths: readonly string[];
  /** The scope in words: "src/auth and tests", "the whole project". */
  stated: string;
  /** Words of the task that look like a path and lead nowhere: said in the review, never guessed at. */
  missing: readonly string[];
}

export interface TaskScope extends Scope {
  /** Those of `missing` that can be nothing but paths. */
  surelyMissing: readonly string[];
  /** Lines of files that alone were named, by path. */
  lines: ReadonlyMap<string, readonly LineRange[]>;
}

/** Most places a task can name; what names more means the whole project. */
const maxPaths = 20;

export const wholeProject = 'the whole project';

/**
 * The scope of a task: those of its words that name existing files or folders of the project, else the whole
 * project. A word counts when it looks like a path (has a slash or an extension), stands in quotes, or is reached from
 * the verb or another path over words such as "and" and "the" ("review src and tools"); in "review src for test gaps"
 * the purpose names no folder "test". `src/a.ts:20-40` is these lines of it.
 * Errors: `files.outside_project` for a path that leads out, through links too.
 */
export async function scopeOfTask(task: string, files: ProjectFiles): Promise<TaskScope> {
  const { named, missing, surelyMissing } = await namedPlaces(task, files);
  const { lines, beyond } = await linesNamed(named, files);
  const paths = [...new Set(named.flatMap((each) => each.places))].filter((path) => !beyond.has(path));
  const scope = placesOf(paths, lines);
  const behindEnd = [...beyond.values()];
  return {
    ...scope,
    missing: [...missing, ...behindEnd],
    surelyMissing: [...surelyMissing, ...behindEnd],
    lines: new Map([...lines].filter(([path]) => scope.paths.includes(path))),
  };
}

function placesOf(
  paths: readonly string[],
  lines: TaskScope['lines'],
): { paths: readonly string[]; stated: string } {
  if (paths.includes('.')) return { paths: [], stated: 'all of the project' };
  if (paths.length === 0) return { paths: [], stated: wholeProject };
  const used = paths.filter((path) => !paths.some((other) => other !== path && path.startsWith(`${other}/`)));
  if (used.length <= maxPaths)
    return { paths: used, stated: inWords(used.map((path) => withLines(path, lines.get(path)))) };
  return {
    paths: [],
    stated: `${wholeProject} (the task names ${used.length} places, more than ${maxPaths})`,
  };
}

function withLines(path: string, ranges: readonly LineRange[] | undefined): string {
  if (ranges === undefined) return path;
  return `lines ${inWords(ranges.map(({ first, last }) => `${first} to ${last}`))} of ${path}`;
}

export function inWords(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)!}`;
}
