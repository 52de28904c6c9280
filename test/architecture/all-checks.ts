import type { Check } from './check.ts';
import { bannedNames } from './checks/banned-names.ts';
import { bothDatabases } from './checks/both-databases.ts';
import { cleanTree } from './checks/clean-tree.ts';
import { contractBrowserSafe } from './checks/contract-browser-safe.ts';
import { contractFields } from './checks/contract-fields.ts';
import { doorsDerive } from './checks/doors-derive.ts';
import { doorsDocumented } from './checks/doors-documented.ts';
import { errorCodes } from './checks/error-codes.ts';
import { fileSize } from './checks/file-size.ts';
import { importDirection } from './checks/import-direction.ts';
import {
  kebabCaseFiles,
  lazyPackages,
  namedExports,
  namedImports,
  noSleepInTests,
  statusMoves,
  unitNames,
} from './checks/lint-structure.ts';
import { lockfileComplete } from './checks/lockfile-complete.ts';
import { noCycles } from './checks/no-cycles.ts';
import { npmScripts } from './checks/npm-scripts.ts';
import { partDoors } from './checks/part-doors.ts';
import { readmeTrue } from './checks/readme-true.ts';
import { releasedMigrations } from './checks/released-migrations.ts';
import { settingsRead } from './checks/settings-read.ts';

export const allChecks: readonly Check[] = [
  importDirection,
  partDoors,
  noCycles,
  fileSize,
  bannedNames,
  namedExports,
  namedImports,
  kebabCaseFiles,
  unitNames,
  contractBrowserSafe,
  contractFields,
  errorCodes,
  releasedMigrations,
  settingsRead,
  bothDatabases,
  statusMoves,
  noSleepInTests,
  lazyPackages,
  doorsDerive,
  doorsDocumented,
  readmeTrue,
  npmScripts,
  cleanTree,
  lockfileComplete,
];
