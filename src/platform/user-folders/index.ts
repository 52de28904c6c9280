export { homeFolder } from './home-folder.ts';
export { userFolderErrors } from './errors.ts';
export { userCacheFolder, userConfigFolder, userStateFolder } from './user-folders.ts';
export type { UserPlace } from './user-folders.ts';
