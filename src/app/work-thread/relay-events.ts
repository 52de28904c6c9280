import type { NewEvent } from '../../kernel/index.ts';
import type { EventBus } from '../../platform/events/index.ts';

/** One end of a bridge between the buses of two threads. */
export interface EventRelay {
  /** Tells the listeners here what was committed on the other side. It is not sent back. */
  hear(event: NewEvent): void;
  end(): void;
}

/** Sends each event of this bus to the other side, but for those that came from there. */
export function relayEvents(bus: EventBus, send: (event: NewEvent) => void): EventRelay {
  let fromThere: NewEvent | undefined;
  const end = bus.subscribe((event) => {
    if (event !== fromThere) send(event);
  });
  return {
    hear(event) {
      const before = fromThere;
      fromThere = event;
      bus.publish(event);
      fromThere = before;
    },
    end,
  };
}
