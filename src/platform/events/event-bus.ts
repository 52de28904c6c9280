import type { NewEvent } from '../../kernel/index.ts';

type Listener = (event: NewEvent) => void;

/** Tells this process at once what it has committed itself; other processes learn it from the outbox. */
export interface EventBus {
  /** Call after the commit, never before. A listener that throws does not keep others from hearing it. */
  publish(event: NewEvent): void;
  /** Returns a function that ends the subscription. */
  subscribe(listener: Listener): () => void;
}

/**
 * A bus for one process. Listeners are called in the order they subscribed, before `publish` returns; what one throws
 * goes to `onListenerError` and nowhere else.
 */
export function createEventBus(onListenerError: (error: unknown) => void): EventBus {
  const listeners = new Set<Listener>();
  return {
    publish(event) {
      for (const listener of [...listeners]) {
        try {
          listener(event);
        } catch (error) {
          onListenerError(error);
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
