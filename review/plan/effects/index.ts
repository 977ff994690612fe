import type { EffectsOf } from '../model';

/** Every kind of effect, a file each. */
export const EFFECTS: readonly EffectsOf[] = [];
