export { deleteEventsBefore, deleteEventsWhere } from './delete-events.ts';
export type { DeletionPace, EventCondition } from './delete-events.ts';
export { appendEvent, firstPosition, insertEventsFrom, readEvents, waitForChange } from './outbox.ts';
export { eventMigrations } from './events-migration.ts';
export { createEventBus } from './event-bus.ts';
export type { EventBus } from './event-bus.ts';
