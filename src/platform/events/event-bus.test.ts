import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createEventBus } from './event-bus.ts';

const event = (n: number) => ({ name: 'test.happened', entityId: 'job', payload: { n } });

describe('the event bus', () => {
  it('tells every listener each event, in order', () => {
    const bus = createEventBus((error) => assert.fail(String(error)));
    const heard: unknown[] = [];
    bus.subscribe(({ payload }) => heard.push(['one', payload['n']]));
    bus.subscribe(({ payload }) => heard.push(['two', payload['n']]));
    bus.publish(event(1));
    bus.publish(event(2));
    assert.deepEqual(heard, [
      ['one', 1],
      ['two', 1],
      ['one', 2],
      ['two', 2],
    ]);
  });

  it('reports a listener that throws, and still tells the others', () => {
    const errors: unknown[] = [];
    const bus = createEventBus((error) => errors.push(error));
    const failure = new Error('deaf');
    let heard = 0;
    bus.subscribe(() => {
      throw failure;
    });
    bus.subscribe(() => (heard += 1));
    bus.publish(event(1));
    assert.deepEqual([errors, heard], [[failure], 1]);
  });

  it('tells nobody who has left, also when they leave while an event is told', () => {
    const bus = createEventBus((error) => assert.fail(String(error)));
    let heard = 0;
    const leave = bus.subscribe(() => {
      heard += 1;
      leave();
    });
    bus.subscribe(() => (heard += 10));
    bus.publish(event(1));
    bus.publish(event(2));
    assert.equal(heard, 21);
  });
});
