import type { IConstruct } from 'constructs';
import { AppSlot } from './app-state';

/** One synthesis of an app, with what is computed once in it. */
class Synthesis {
  readonly values = new Map<unknown, unknown>();
  /** False once it has ended, and while another one of its app runs within it. */
  isCurrent = true;
}

const caches = new AppSlot<{ current: Synthesis | undefined }>('render-cache', () => ({ current: undefined }));

/** Runs one synthesis of an app, in which every object is rendered once for all readers. */
export function withRenderCache<T>(root: IConstruct, run: () => T): T {
  const cache = caches.of(root);
  const outer = cache.current;
  const own = new Synthesis();
  if (outer) {
    outer.isCurrent = false;
  }
  cache.current = own;
  try {
    return run();
  } finally {
    own.isCurrent = false;
    if (outer) {
      outer.isCurrent = true;
    }
    cache.current = outer;
  }
}

/** Runs within the current synthesis if there is one, otherwise as a synthesis of its own. */
export function sharingRenderCache<T>(root: IConstruct, run: () => T): T {
  return caches.of(root).current ? run() : withRenderCache(root, run);
}

/** The value of `make`; computed once per key within a synthesis of the app of the construct. */
export function cached<T>(construct: IConstruct, key: unknown, make: () => T): T {
  const values = caches.of(construct).current?.values;
  if (!values) {
    return make();
  }
  const known = values.get(key);
  if (known !== undefined) {
    return known as T;
  }
  const made = make();
  values.set(key, made);
  return made;
}

/** Drops a value that the rest of a synthesis does not need. */
export function forget(construct: IConstruct, key: unknown): void {
  caches.of(construct).current?.values.delete(key);
}

/** Of whoever keeps a value beside itself: whether it is of the current synthesis, without a look for the app. */
export type SynthesisMark = Readonly<Pick<Synthesis, 'isCurrent'>>;

/** The current synthesis, for what keeps a value of it beside itself; undefined outside of one. */
export function currentSynthesis(construct: IConstruct): SynthesisMark | undefined {
  return caches.of(construct).current;
}
