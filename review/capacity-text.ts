import { AMOUNT_NAMES } from '../simulator/allocatable';
import { type CapacityReport, RESOURCES, type StateCapacity } from '../simulator/report';
import type { Reason } from '../simulator/simulated-cluster';

/** Whether more or larger nodes would help. */
export function isAboutRoom(reason: Reason): boolean {
  return reason !== 'node selector' && reason !== 'taints';
}

/** What does not fit, as the end of a sentence. */
export function outcomeText(
  { verdict, nodes: size, nodeCount, bottleneck, asked, available }: StateCapacity,
  unplaced: StateCapacity['unplaced'],
): string {
  const which = size === 'maximum' ? 'of its maximum' : 'that the cluster begins with';
  const nodes = nodeCount === 1 ? `the 1 node ${which}` : `the ${nodeCount} nodes ${which}`;
  const fit =
    verdict === 'tight' ? `fits on ${nodes} only when its pods come in a lucky order` : `does not fit on ${nodes}`;
  const pods = unplaced.reduce((sum, one) => sum + one.pods, 0);
  const first = unplaced.slice(0, 3).map((one) => `'${one.workload}' (${one.because[0]})`);
  const more = unplaced.length > first.length ? ` and ${unplaced.length - first.length} more` : '';
  const share =
    bottleneck && available[bottleneck] > 0 ? Math.ceil((asked[bottleneck] / available[bottleneck]) * 100) : undefined;
  const scarce =
    bottleneck === undefined || share === undefined ? '' : `, of ${AMOUNT_NAMES[bottleneck]} ${share} % is asked for`;
  return `${fit}: no place for ${pods} ${pods === 1 ? 'pod' : 'pods'} of ${first.join(', ')}${more}${scarce}`;
}

export function remedy(report: CapacityReport, { state }: StateCapacity): string {
  // where it is plain that they do not help, nobody need try to place thousands of pods on them
  const most = exceedsAllNodes(report) ? undefined : report.verdict(state, 'maximum')!;
  const fits = most?.verdict === 'fits';
  return report.nodeAutoscaler && fits
    ? `it does on ${most.nodeCount}, which the node autoscaler makes within minutes; raise desiredCapacity where that is too late`
    : `raise ${fits ? 'desiredCapacity' : 'desiredCapacity and maxSize'}, choose a larger instanceType, or ask for less; Cluster.capacity() tells more`;
}

/** Whether the pods ask for more than all nodes of all groups have together. */
function exceedsAllNodes({ groups, asked }: CapacityReport): boolean {
  return RESOURCES.some((name) => {
    let all = 0;
    for (const { available, maximum } of groups) {
      all += available ? available[name] * maximum : Number.POSITIVE_INFINITY;
    }
    return asked.asApplied[name] > all;
  });
}
