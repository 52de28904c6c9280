import type { Layer } from '../persona.ts';

/** One folder of persona files. It need not exist. */
export interface LayerFolder {
  layer: Layer;
  /** Absolute path. */
  folder: string;
  /** How the folder is shown to people, forward slashes: `.agent-os/personas`. */
  shownAs: string;
  /** Real path that files must lie in, after links; `undefined` where links may lead anywhere. */
  confinedTo: string | undefined;
}

/** What a folder may hold before the rest is left out, and said. */
export interface FolderLimits {
  /** Largest persona file, bytes (`personas.max_document_bytes`). */
  maxDocumentBytes: number;
  /** Most persona files in one folder (`personas.max_files`). */
  maxFiles: number;
}

export const defaultFolderLimits: FolderLimits = { maxDocumentBytes: 50_000, maxFiles: 500 };
