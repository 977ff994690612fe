/** Whether work grows no faster than what it is done on. What a busy machine stretches is not measured. */
import { Script } from 'node:vm';

/**
 * What a run returns, if it ends at all: it is stopped after 20 seconds, wherever it is. For inputs that take less than
 * one if the work grows with their length, and more than a minute if it grows with its square.
 */
export function ended<T>(run: () => T): T {
  return new Script('run()').runInNewContext({ run }, { timeout: 20_000 });
}

/** What a run returns, and how many things it puts into lists, sets and maps. */
export function countStored<T>(run: () => T): { readonly result: T; readonly stored: number } {
  let stored = 0;
  const restore = [
    counted(Array.prototype, 'push', (items) => items.length),
    counted(Set.prototype, 'add', () => 1),
    counted(Map.prototype, 'set', () => 1),
  ];
  try {
    const result = run();
    return { result, stored };
  } finally {
    for (const back of restore) {
      back();
    }
  }

  function counted<K extends string>(
    prototype: { [name in K]: (...args: never[]) => unknown },
    name: K,
    count: (args: readonly unknown[]) => number,
  ): () => void {
    const original = prototype[name];
    prototype[name] = function (this: unknown, ...args: never[]) {
      stored += count(args);
      return original.apply(this, args);
    };
    return () => {
      prototype[name] = original;
    };
  }
}
