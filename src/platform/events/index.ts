export {
  appendEvent,
  deleteEventsBefore,
  firstPosition,
  insertEventsFrom,
  readEvents,
  waitForChange,
} from './outbox.ts';
export { eventMigrations } from './events-migration.ts';
export { createEventBus } from './event-bus.ts';
export type { EventBus } from './event-bus.ts';
