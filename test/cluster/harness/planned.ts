import type { ClusterSide } from '../../../review/cluster-side';
import { loadInventory } from '../../../review/load';
import type { Plan } from '../../../review/plan/model';
import { plan } from '../../../review/plan/plan';
import { type PlanWords, planWords } from '../../support/plan-words';
import { NEWEST } from './plane';
import type { Observation } from './upgrade';

/** The plan of an edit, from its output before and after, and from the nodes where they matter. */
export function planOf({ before, answers }: Observation, cluster?: ClusterSide): Plan {
  const inventory = (manifests: Observation['before']) =>
    loadInventory(manifests.map((value) => ({ value, origin: {} })));
  return plan(inventory(before), inventory(answers.map(({ manifest }) => manifest)), {
    kubernetesVersion: NEWEST,
    cluster,
  });
}

/** What it says in the words of what is seen. */
export const planned = (observation: Observation): PlanWords => planWords(planOf(observation), observation.before);
