import type { Reason } from './placement';
import type { CapacityReport, RESOURCES, StateCapacity } from './report';
import { sizeText } from './table';

/** What is seldom meant, each in a sentence for the synthesis. */
export function capacityWarnings(report: CapacityReport): string[] {
  const { tooLarge, unknownTypes } = report;
  const large = new Set(tooLarge.map(({ workload }) => workload));
  return [
    ...unknownTypes.map(
      ({ group, type }) =>
        `what ${type} of node group '${group}' has is not known, so nobody knows whether the app fits: write instanceTypes: [InstanceType.custom({ name: '${type}', ... })]`,
    ),
    ...tooLarge.map(
      ({ workload, asks }) =>
        `a pod of '${workload}' (${sizeText(asks)}) fits on no node, however empty: add a node group with a larger instanceType, or ask for less`,
    ),
    ...applied(report, large),
    ...sizes(report),
  ];
}

/** A rollout is only told where the app has room at other times, and no node autoscaler makes room for it. */
function applied(report: CapacityReport, told: ReadonlySet<string>): string[] {
  const now = report.verdict('as applied', 'desired');
  if (!now || now.verdict === 'unknown') {
    return [];
  }
  if (now.verdict !== 'fits') {
    // pods that are too large have their own sentence, and so have those that no node takes whatever its size
    const others = now.unplaced.filter(({ workload, because }) => !told.has(workload) && because.some(isAboutRoom));
    return others.length === 0 ? [] : [`the app ${outcomeText(now, others)}. ${remedy(report, now)}`];
  }
  const nodes = report.nodeAutoscaler ? 'maximum' : 'desired';
  const rolling = report.verdict('everything rolling', nodes);
  return rolling && rolling.verdict !== 'fits' && rolling.verdict !== 'unknown'
    ? [`a rollout of everything at once ${outcomeText(rolling, rolling.unplaced)}. ${remedy(report, rolling)}`]
    : [];
}

function isAboutRoom(reason: Reason): boolean {
  return reason !== 'node selector' && reason !== 'taints';
}

function outcomeText(
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
    bottleneck === undefined || share === undefined ? '' : `, of ${NAMES[bottleneck]} ${share} % is asked for`;
  return `${fit}: no place for ${pods} ${pods === 1 ? 'pod' : 'pods'} of ${first.join(', ')}${more}${scarce}`;
}

const NAMES: Readonly<Record<(typeof RESOURCES)[number], string>> = {
  cpu: 'CPU',
  memory: 'memory',
  pods: 'pods',
  ephemeralStorage: 'ephemeral storage',
  volumes: 'volumes',
  gpus: 'GPUs',
};

function remedy(report: CapacityReport, { state }: StateCapacity): string {
  const most = report.verdict(state, 'maximum')!;
  return report.nodeAutoscaler && most.verdict === 'fits'
    ? `It does on ${most.nodeCount}, which the node autoscaler makes within minutes; raise desiredCapacity where that is too late`
    : `Raise ${most.verdict === 'fits' ? 'desiredCapacity' : 'desiredCapacity and maxSize'}, choose a larger instanceType, or ask for less; Cluster.capacity() tells more`;
}

/** A maximum that nothing goes to. */
function sizes({ groups, nodeAutoscaler }: CapacityReport): string[] {
  return nodeAutoscaler
    ? []
    : groups
        .filter(({ desired, maximum }) => maximum > desired)
        .map(
          ({ name, desired, maximum }) =>
            `node group '${name}' may grow from ${desired} to ${maximum} nodes, but nothing makes it: install cluster-autoscaler, or raise its desiredCapacity by hand`,
        );
}
