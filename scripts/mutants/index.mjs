// The mutants of both tiers. A list in this folder has entries `[what, snippet, replacement, { in, beside }]`, as
// scripts/lib/mutate.mjs explains.
import { librarySources, staleMutants } from '../lib/mutate.mjs';
import { clusterMutants } from './cluster/index.mjs';
import { clusterConfig } from './cluster-config.mjs';
import { defaults } from './defaults.mjs';
import { givenBack } from './given-back.mjs';
import { planEffects } from './plan-effects.mjs';
import { reachability } from './reachability.mjs';

/** What the tests without a control plane must notice. */
export const unitMutants = [...defaults, ...givenBack, ...clusterConfig, ...reachability, ...planEffects];

/** What the tests on a control plane must notice, with the name of the test file as `test`. */
export { clusterMutants };

/** The errors of all mutants that do not match the library exactly once. */
export const stale = (sources = librarySources()) => staleMutants(sources, [...unitMutants, ...clusterMutants]);
