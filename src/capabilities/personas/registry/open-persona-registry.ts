import { realpathSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { contains } from '../../../platform/files/index.ts';
import { homeFolder } from '../../../platform/user-folders/index.ts';
import type { TrustStore } from '../trust/trust-store.ts';
import { FolderReader, type LayerReader } from './folder-reader.ts';
import { FolderRegistry } from './folder-registry.ts';
import { defaultFolderLimits, type FolderLimits, type LayerFolder } from './layer-folder.ts';
import type { PersonaRegistry, PersonaRegistryOptions } from './persona-registry.ts';
import { shippedReader } from './shipped-reader.ts';
import { allSwitchedOn } from './switches.ts';

/**
 * Opens the personas of a project. Does no work until the first call; folders that do not exist are empty and are
 * noticed when they appear.
 */
export function openPersonaRegistry(
  options: PersonaRegistryOptions & { trust: TrustStore },
): PersonaRegistry {
  const limits: FolderLimits = {
    maxDocumentBytes: options.maxDocumentBytes ?? defaultFolderLimits.maxDocumentBytes,
    maxFiles: options.maxFiles ?? defaultFolderLimits.maxFiles,
  };
  const { builtInFolder, userFolder, projectFolder } = options;
  const projectRoot = projectFolder === undefined ? undefined : realRootOf(projectFolder);
  const readers: LayerReader[] = [shippedReader(builtInFolder, limits)];
  if (userFolder !== undefined) readers.push(new FolderReader(userLayer(userFolder), limits));
  if (projectFolder !== undefined && projectRoot !== undefined) {
    readers.push(new FolderReader(projectLayer(projectFolder, projectRoot), limits));
  }
  return new FolderRegistry({
    readers,
    trust: options.trust,
    projectRoot,
    switches: options.switches ?? allSwitchedOn,
  });
}

/** The project's root as trust and confinement know it: the real path of the folder above `.agent-os`. */
export function realRootOf(projectFolder: string): string {
  const root = dirname(dirname(projectFolder));
  try {
    return realpathSync(root);
  } catch {
    return root;
  }
}

function projectLayer(folder: string, projectRoot: string): LayerFolder {
  const shownAs = relative(dirname(dirname(folder)), folder).replaceAll('\\', '/');
  return { layer: 'project', folder, shownAs, confinedTo: projectRoot };
}

function userLayer(folder: string): LayerFolder {
  const home = homeFolder();
  const shownAs = contains(home, folder) ? `~/${relative(home, folder)}` : folder;
  return {
    layer: 'user',
    folder,
    shownAs: shownAs.replaceAll('\\', '/'),
    confinedTo: undefined,
  };
}
