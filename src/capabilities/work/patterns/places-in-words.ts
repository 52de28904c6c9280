import { extname } from 'node:path/posix';

/** Where most of the places are: "in 5 files, most in src/api" or "all in src/db.ts". */
export function mostlyIn(places: readonly { file: string }[]): string {
  const files = [...new Set(places.map(({ file }) => file))];
  if (files.length === 1) return `all in \`${files[0]!}\``;
  const folder = commonFolder(files);
  return `in ${files.length} files${folder === '' ? '' : ` of \`${folder}\``}`;
}

/** Globs for files like these: their endings, below the folder that holds them all. */
export function globsOf(files: readonly string[]): string[] {
  const folder = commonFolder(files);
  const endings = [...new Set(files.map((file) => extname(file)).filter((ending) => ending !== ''))].sort();
  const prefix = folder === '' ? '' : `${folder}/`;
  return endings.map((ending) => `${prefix}**/*${ending}`);
}

/** The deepest folder that holds all files; empty for the project itself. */
function commonFolder(files: readonly string[]): string {
  const folders = files.map((file) => file.split('/').slice(0, -1));
  const [first = [], ...others] = folders;
  const until = first.findIndex((part, at) => others.some((folder) => folder[at] !== part));
  return first.slice(0, until === -1 ? first.length : until).join('/');
}
