import { sizeText } from '../../../simulator/table';
import { clusterRule } from '../../rule';

/** A pod that is larger than every empty node stays pending. */
export const rule = clusterRule({
  id: 'capacity/pod-too-large',
  title: 'every pod fits on an empty node',
  needs: 'capacity',
  severity: 'warning',
  check: ({ capacity }, _inventory, report) => {
    for (const { workload, asks } of capacity?.().tooLarge ?? []) {
      report(undefined, {
        message: `a pod of '${workload}' (${sizeText(asks)}) fits on no node, however empty`,
        fix: 'add a node group with a larger instanceType, or ask for less',
      });
    }
  },
});
