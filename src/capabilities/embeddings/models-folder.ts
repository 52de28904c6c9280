import path from 'node:path';
import { userCacheFolder, type UserPlace } from '../../platform/user-folders/index.ts';

/** Folder for pulled models, one for all projects of the user. It need not exist. */
export const userModelsFolder = (place: UserPlace): string => path.join(userCacheFolder(place), 'models');
