import type { IConstruct } from 'constructs';
import { AppSlot } from './app-state';

const caches = new AppSlot<{ current: Map<unknown, unknown> | undefined }>('render-cache', () => ({
  current: undefined,
}));

/** Runs one synthesis of an app, in which every object is rendered once for all readers. */
export function withRenderCache<T>(root: IConstruct, run: () => T): T {
  const cache = caches.of(root);
  const outer = cache.current;
  cache.current = new Map();
  try {
    return run();
  } finally {
    cache.current = outer;
  }
}

/** Runs within the current synthesis if there is one, otherwise as a synthesis of its own. */
export function sharingRenderCache<T>(root: IConstruct, run: () => T): T {
  return caches.of(root).current ? run() : withRenderCache(root, run);
}

/** The value of `make`; computed once per key within a synthesis of the app of the construct. */
export function cached<T>(construct: IConstruct, key: unknown, make: () => T): T {
  const cache = caches.of(construct).current;
  if (!cache) {
    return make();
  }
  const known = cache.get(key);
  if (known !== undefined) {
    return known as T;
  }
  const made = make();
  cache.set(key, made);
  return made;
}

/** Drops a value that the rest of a synthesis does not need. */
export function forget(construct: IConstruct, key: unknown): void {
  caches.of(construct).current?.delete(key);
}

/** Stands for the current synthesis, for what keeps a value of it beside itself; undefined outside of one. */
export function currentSynthesis(construct: IConstruct): object | undefined {
  return caches.of(construct).current;
}
