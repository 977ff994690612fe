import { invalidQuantities } from '../../../kube/counted-quantities';
import { Inventory } from '../../../kube/inventory';
import { workloadKind } from '../../../kube/workload-kinds';
import { AMOUNT_NAMES } from '../../../simulator/allocatable';
import { type CapacityNodes, type CapacityReport, NO_AMOUNTS, plus, RESOURCES } from '../../../simulator/report';
import { outcomeText } from '../../capacity-text';
import type { ClusterSide } from '../../cluster-side';
import { makesNodes } from '../../cluster-side';
import { simulatedClusterSide } from '../../simulated-cluster-side';
import type { EffectsOf, PlanInput } from '../model';
import { isUpdate, type Move, movesOf, workloadKey } from './moves';
import { isTemplateChanged } from './template-change';

/** More pods take longer to place than a plan may take: of them only the sums are compared. */
const MOST_PODS = 1000;

/** Whether the nodes have room for the pods that come beside those that run. */
export const nodeCapacity: EffectsOf = (input) => {
  const { new: cluster, old: clusterBefore = cluster } = input.clusters;
  const moved = movesOf(input).filter(({ after }) => workloadKind(after.manifest));
  const isAsked = cluster?.capacity && (moved.length > 0 || cluster.config !== clusterBefore?.config);
  if (!cluster || !isAsked || makesNodes(cluster, input.after) || [input.old, input.after].some(isUncountable)) {
    return [];
  }
  const after = reportOf(rollingAlone(input, moved), cluster);
  const size = after.nodeAutoscaler ? 'maximum' : 'desired';
  const fault = podsOn(after, size) > MOST_PODS ? sumsOf(after, size) : placesOf(after, size);
  if (fault === undefined) {
    return [];
  }
  const before = reportOf(input.old, clusterBefore!);
  const hadRoom =
    podsOn(before, size) > MOST_PODS
      ? sumsOf(before, size) === undefined
      : before.verdict('as applied', size)?.verdict === 'fits';
  return hadRoom ? [{ kind: 'capacity', risk: 'danger', text: fault }] : [];
};

const reportOf = (set: Inventory, { config }: ClusterSide): CapacityReport =>
  simulatedClusterSide(config, set).capacity!();

const isUncountable = ({ objects }: Inventory): boolean =>
  objects.some(({ manifest }) => invalidQuantities(manifest).length > 0);

/** All objects, of which only those that the apply rolls out surge. */
function rollingAlone(input: PlanInput, moved: readonly Move[]): Inventory {
  const rolled = new Set(
    moved.flatMap((move) => (isUpdate(move) && isTemplateChanged(move) ? [workloadKey(move.after)] : [])),
  );
  return new Inventory(
    input.after.objects.map((object) => {
      const { manifest } = object;
      return workloadKind(manifest)?.surge && !rolled.has(workloadKey(object))
        ? { ...object, manifest: { ...manifest, spec: { ...manifest.spec, strategy: { type: 'Recreate' } } } }
        : object;
    }),
  );
}

/** What finds no place by the scheduler; undefined where all do, or where nobody knows. */
function placesOf(report: CapacityReport, size: CapacityNodes): string | undefined {
  const applied = report.verdict('as applied', size);
  const state = applied?.verdict === 'fits' ? report.verdict('everything rolling', size) : applied;
  return !state || state.verdict === 'fits' || state.verdict === 'unknown'
    ? undefined
    : `${state === applied ? 'the set with what stays behind' : 'the rollout'} ${outcomeText(state, state.unplaced)}`;
}

/** The first resource of which more is asked for than all nodes have; undefined where there is none, or where nobody knows. */
function sumsOf(report: CapacityReport, size: CapacityNodes): string | undefined {
  const available = report.groups.reduce(
    (sum, group) =>
      group.available ? plus(plus(sum, group.available, group[size]), group.daemons, -group[size]) : sum,
    NO_AMOUNTS,
  );
  const isKnown = report.groups.length > 0 && report.groups.every((group) => group.available);
  const short = RESOURCES.find((name) => report.asked.rolling[name] > available[name]);
  const nodes = report.groups.reduce((sum, group) => sum + group[size], 0);
  return isKnown && short
    ? `the rollout does not fit on ${nodes} nodes: of ${AMOUNT_NAMES[short]} ${Math.ceil((report.asked.rolling[short] / available[short]) * 100)} % is asked for`
    : undefined;
}

/** Pods while everything is rolled out, those on each node included. */
function podsOn({ asked, groups }: CapacityReport, size: CapacityNodes): number {
  return groups.reduce((sum, group) => sum + group.daemons.pods * group[size], asked.rolling.pods);
}
