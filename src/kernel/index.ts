export { AppError, isAppError } from './errors/app-error.ts';
export type { ErrorCategory } from './contract/index.ts';
export type { AppErrorFields, ErrorOnTheWire } from './errors/app-error.ts';
export { defineErrors } from './errors/define-errors.ts';
export type { ErrorCatalogue, ErrorDefinition } from './errors/define-errors.ts';
export { kernelErrors, toAppError } from './errors/kernel-errors.ts';
export { systemClock } from './clock.ts';
export type { Clock } from './clock.ts';
export {
  comparable,
  counted,
  hiddenCharacter,
  lineProblem,
  nearestNames,
  onOneLine,
  quoted,
  utf8Text,
  visible,
  visibleName,
} from './contract/index.ts';
export { firstIdAt, systemIds } from './ids.ts';
export type { IdSource } from './ids.ts';
export { ownFile } from './own-file.ts';
export type { NewEvent, StoredEvent } from './events/event.ts';
export { operationsOf } from './operations/operation.ts';
export type { AnyOperation, Call, Doors, Operation, Policy } from './operations/operation.ts';
export { assertPerson, reasonOf } from './operations/person.ts';
export type { PersonsAct } from './operations/person.ts';
export { invoke } from './operations/invoke.ts';
