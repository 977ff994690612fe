import { groupKindOf } from '../../../kube/kinds';
import type { Change, RemedyStep } from '../model';
import { CLAIMS } from './claims';
import { JOBS } from './jobs';
import type { Remedy } from './remedy';
import { REPLACED } from './replaced';
import { SELECTORS } from './selectors';
import { STATEFUL_SETS } from './stateful-sets';

/** In the order in which they are tried. */
const REMEDIES: readonly Remedy[] = [...STATEFUL_SETS, ...SELECTORS, ...JOBS, ...CLAIMS, ...REPLACED];

/** The way out of a refusal, as steps in their order. */
export function remedyFor(change: Change, apply: string): readonly RemedyStep[] {
  const own = groupKindOf(change.object);
  const remedy = REMEDIES.find(({ kinds, fits }) => (kinds?.includes(own) ?? true) && fits(change));
  return remedy?.steps(change, apply) ?? [];
}
