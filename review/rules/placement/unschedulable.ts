import { DEVICES } from '../../../eks/devices';
import { ARCH } from '../../../eks/node-labels';
import { profileOf } from '../../../eksctl/fargate-profiles';
import type { NodeAffinity, PodSpec } from '../../../imports/kubernetes';
import { type PodObject, title } from '../../../kube/inventory';
import { containersOf } from '../../../kube/pod-resources';
import { explainUnschedulable, suggestFix } from '../../../simulator/node-templates/explain-unschedulable';
import type { Mismatch, NodeTemplate } from '../../../simulator/node-templates/node-template';
import { clusterZones, nodeTemplatesOf } from '../../../simulator/node-templates/of-cluster';
import {
  mismatchOf,
  type SchedulingConstraints,
  schedulingConstraints,
} from '../../../simulator/node-templates/scheduling-constraints';
import { claimedDevices } from '../../cluster/device-claims';
import { claimedVolumes, volumeIndex } from '../../cluster/volumes';
import type { ClusterSide } from '../../cluster-side';
import { clusterRule } from '../../rule';

/** Pods that no node of the cluster takes stay pending. */
export const rule = clusterRule({
  id: 'placement/unschedulable',
  title: 'every pod has a node of the cluster that it can run on',
  severity: 'error',
  why: 'The scheduler finds no node with the labels, taints, zone or devices that the pod asks for. The pod stays pending.',
  source: 'https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/',
  bad: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
managedNodeGroups:
  - { name: workers, instanceType: m5.large }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  nodeSelector: { disk: ssd }
  containers:
    - { name: web, image: "example.com/web:1.4" }
`,
  good: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
managedNodeGroups:
  - { name: workers, instanceType: m5.large, labels: { disk: ssd } }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  nodeSelector: { disk: ssd }
  containers:
    - { name: web, image: "example.com/web:1.4" }
`,
  check: (cluster, inventory, report) => {
    const templates = nodeTemplatesOf(cluster, inventory);
    if (!templates) {
      return;
    }
    const zones = clusterZones(cluster);
    const volumes = volumeIndex(inventory);
    // pods of most workloads want the same of a node
    const known = new Map<string, readonly Mismatch[] | undefined>();
    // and often say it by the same object
    const accepted = new Set<NodeAffinity | undefined>();
    for (const pod of inventory.pods) {
      const claims = claimedVolumes(pod, volumes);
      const nodeAffinity = pod.spec.affinity?.nodeAffinity;
      const hasNoMore = claims.length === 0 && isByAffinityAlone(pod.spec);
      if ((hasNoMore && accepted.has(nodeAffinity)) || !isScheduled(pod) || profileOf(pod, cluster.config)) {
        continue;
      }
      const constraints = schedulingConstraints(pod.spec, claims, claimedDevices(pod, inventory));
      const key = JSON.stringify(constraints);
      let mismatches = known.get(key);
      if (mismatches === undefined && !known.has(key)) {
        mismatches = mismatchesOf(templates, constraints);
        known.set(key, mismatches);
      }
      if (!mismatches && hasNoMore) {
        accepted.add(nodeAffinity);
      }
      if (!mismatches || isArchitectureRequirement(cluster.requiredArchitectures(pod), mismatches)) {
        continue;
      }
      const [message, fix] =
        templates.length === 0
          ? noProfile(pod, cluster)
          : [
              `no node of the cluster takes the pods of ${title(pod)}: ${explainUnschedulable(templates, mismatches)}`,
              suggestFix(templates, mismatches, zones),
            ];
      if (pod.manifest.kind === 'DaemonSet') {
        report(pod, { severity: 'warning', message: `${message}: it runs nowhere`, fix });
      } else {
        report(pod, { message, fix });
      }
    }
  },
});

/** Where another scheduler or the user templates pods, this one has no say. */
function isScheduled({ spec }: PodObject): boolean {
  return spec.nodeName === undefined && (spec.schedulerName ?? 'default-scheduler') === 'default-scheduler';
}

/** Whether a pod asks nothing of its node but by node affinity, and the volumes that it may claim. */
function isByAffinityAlone(pod: PodSpec): boolean {
  if (pod.nodeSelector !== undefined || pod.tolerations !== undefined || pod.resourceClaims !== undefined) {
    return false;
  }
  for (const { resources } of containersOf(pod)) {
    if (namesDevice(resources?.requests) || namesDevice(resources?.limits)) {
      return false;
    }
  }
  return true;
}

function namesDevice(amounts: Readonly<Record<string, unknown>> | undefined): boolean {
  for (const name in amounts) {
    if (DEVICES[name]) {
      return true;
    }
  }
  return false;
}

/** Why each template refuses the pods, or undefined when one takes them. */
function mismatchesOf(templates: readonly NodeTemplate[], constraints: SchedulingConstraints): Mismatch[] | undefined {
  const mismatches: Mismatch[] = [];
  for (const template of templates) {
    const mismatch = mismatchOf(template, constraints);
    if (!mismatch) {
      return undefined;
    }
    mismatches.push(mismatch);
  }
  return mismatches;
}

/** A missing architecture is reported as the requirement of whoever asks for it. */
function isArchitectureRequirement(required: ReadonlySet<string>, mismatches: readonly Mismatch[]): boolean {
  return (
    mismatches.length > 0 &&
    mismatches.every(
      (mismatch) =>
        mismatch.kind === 'label' && mismatch.key === ARCH && required.has(`${mismatch.asked?.values?.[0]}`),
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
