import { basename, extname } from 'node:path/posix';

/** Where most of the places are: "in 5 files, most in src/api" or "all in src/db.ts". */
export function mostlyIn(places: readonly { file: string }[]): string {
  const files = [...new Set(places.map(({ file }) => file))];
  if (files.length === 1) return `all in \`${files[0]!}\``;
  const folder = commonFolder(files);
  return `in ${files.length} files${folder === '' ? '' : ` of \`${folder}\``}`;
}

/** Endings that say nothing about what a file is: one of another name is something else. */
const endingsOfAnything = new Set([
  '',
  '.txt',
  '.json',
  '.toml',
  '.yaml',
  '.yml',
  '.xml',
  '.mod',
  '.lock',
  '.cfg',
  '.ini',
]);

/** Globs for files like these, below the folder that holds them all: by their endings, manifests by their names. */
export function globsOf(files: readonly string[]): string[] {
  const folder = commonFolder(files);
  const likeIt = (file: string) =>
    endingsOfAnything.has(extname(file)) ? basename(file) : `*${extname(file)}`;
  const prefix = folder === '' ? '' : `${folder}/`;
  return [...new Set(files.map(likeIt))].sort().map((name) => `${prefix}**/${name}`);
}

/** The deepest folder that holds all files; empty for the project itself. */
function commonFolder(files: readonly string[]): string {
  const folders = files.map((file) => file.split('/').slice(0, -1));
  const [first = [], ...others] = folders;
  const until = first.findIndex((part, at) => others.some((folder) => folder[at] !== part));
  return first.slice(0, until === -1 ? first.length : until).join('/');
}
