/** Something that happens several times. Recorded from the start, so `next` also finds what happened before it was called. */
export interface RecordedSignal<T> {
  /** The first occurrence not yet taken that matches. */
  next(matches?: (value: T) => boolean): Promise<T>;
}

export interface SignalSource<T> extends RecordedSignal<T> {
  emit(value: T): void;
}

export function recordedSignal<T>(): SignalSource<T> {
  const values: T[] = [];
  const waiting: { matches: (value: T) => boolean; resolve: (value: T) => void }[] = [];
  return {
    emit(value) {
      const index = waiting.findIndex(({ matches }) => matches(value));
      if (index === -1) values.push(value);
      else waiting.splice(index, 1)[0]!.resolve(value);
    },
    next(matches = () => true) {
      const index = values.findIndex(matches);
      if (index !== -1) return Promise.resolve(values.splice(index, 1)[0]!);
      return new Promise((resolve) => waiting.push({ matches, resolve }));
    },
  };
}
