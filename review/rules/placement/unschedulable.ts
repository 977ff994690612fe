import { ARCH } from '../../../eks/node-labels';
import { profileOf } from '../../../eksctl/fargate-profiles';
import { type PodObject, title } from '../../../kube/inventory';
import { demandOf } from '../../cluster/demand';
import { type Demand, type Place, type Refusal, refusalOf } from '../../cluster/place';
import { fixOf, reasonsOf } from '../../cluster/placement-text';
import { clusterZones, placesOf } from '../../cluster/places';
import { volumeIndex } from '../../cluster/volumes';
import type { ClusterSide } from '../../cluster-side';
import { clusterRule } from '../../rule';

/** Pods that no node of the cluster takes stay pending. */
export const rule = clusterRule({
  id: 'placement/unschedulable',
  title: 'every pod has a node of the cluster that it can run on',
  severity: 'error',
  source: 'https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/',
  check: (cluster, inventory, report) => {
    const places = placesOf(cluster, inventory);
    if (!places) {
      return;
    }
    const zones = clusterZones(cluster);
    const volumes = volumeIndex(inventory);
    for (const pod of inventory.pods.filter(isScheduled)) {
      if (profileOf(pod, cluster.config)) {
        continue;
      }
      const refusals = refusalsOf(places, demandOf(pod, volumes));
      if (!refusals || isArchitectureRequirement(cluster.requiredArchitectures(pod), refusals)) {
        continue;
      }
      const [message, fix] =
        places.length === 0
          ? noProfile(pod, cluster)
          : [
              `no node of the cluster takes the pods of ${title(pod)}: ${reasonsOf(places, refusals)}`,
              fixOf(places, refusals, zones),
            ];
      if (pod.manifest.kind === 'DaemonSet') {
        report(pod, { severity: 'warning', message: `${message}: it runs nowhere`, fix });
      } else {
        report(pod, { message, fix });
      }
    }
  },
});

/** Where another scheduler or the user places pods, this one has no say. */
function isScheduled({ spec }: PodObject): boolean {
  return spec.nodeName === undefined && (spec.schedulerName ?? 'default-scheduler') === 'default-scheduler';
}

/** Why each place refuses the pods, or undefined when one takes them. */
function refusalsOf(places: readonly Place[], demand: Demand): Refusal[] | undefined {
  const refusals: Refusal[] = [];
  for (const place of places) {
    const refusal = refusalOf(place, demand);
    if (!refusal) {
      return undefined;
    }
    refusals.push(refusal);
  }
  return refusals;
}

/** A missing architecture is reported as the requirement of whoever asks for it. */
function isArchitectureRequirement(required: ReadonlySet<string>, refusals: readonly Refusal[]): boolean {
  return (
    refusals.length > 0 &&
    refusals.every(
      (refusal) => refusal.kind === 'label' && refusal.key === ARCH && required.has(`${refusal.asked?.values?.[0]}`),
    )
  );
}

function noProfile(pod: PodObject, { config }: ClusterSide): [message: string, fix: string] {
  const names = (config.fargateProfiles ?? []).map(({ name }, i) => `fargateProfiles[${i}] '${name}'`);
  return [
    `the cluster runs pods on Fargate only, and none of its profiles (${names.join(', ')}) selects the pods of ${title(pod)}`,
    `add the selector { namespace: '${pod.namespace}' } to one of them, or a node group`,
  ];
}
