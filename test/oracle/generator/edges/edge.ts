import type * as fc from 'fast-check';
import { type Patch, type Template, valuesOf } from '../template';

/** Where a patch goes: over the config, or over one of its node groups. */
export type Place = 'config' | 'managed' | 'self-managed' | 'any group';

/** Changes that may or may not be allowed. */
export interface Edge {
  readonly place: Place;
  readonly patch: fc.Arbitrary<Patch>;
}

/** Edges over a place. */
export function edges(place: Place, ...templates: readonly Template[]): Edge[] {
  return templates.map((template) => ({ place, patch: valuesOf(template) }));
}
