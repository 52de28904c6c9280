export { homeFolder } from './home-folder.ts';
export { userCacheFolder, userConfigFolder } from './user-folders.ts';
export type { UserPlace } from './user-folders.ts';
