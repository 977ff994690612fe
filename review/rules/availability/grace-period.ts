import { CAPACITY_TYPE, MANAGED_CAPACITY } from '../../../eks/node-labels';
import { profileOf } from '../../../eksctl/fargate-profiles';
import { type PodObject, title } from '../../../kube/inventory';
import { oneOf } from '../../../kube/label-requirements';
import { podSpecField } from '../../../kube/pod-containers';
import type { NodeTemplate } from '../../../simulator/node-templates/node-template';
import { nodeTemplatesOf } from '../../../simulator/node-templates/of-cluster';
import { mismatchOf, schedulingConstraints } from '../../../simulator/node-templates/scheduling-constraints';
import type { ClusterSide } from '../../cluster-side';
import { clusterRule } from '../../rule';
import { suspectPods, suspectsIn } from '../../suspects';

/** Between the notice of an interruption and the end of a Spot instance. */
const SPOT_SECONDS = 120;
/** How long an upgrade of a managed node group waits for the pods of a node. */
const UPGRADE_SECONDS = 15 * 60;

const SLOW = suspectPods(
  ({ spec, workload }) => (spec.terminationGracePeriodSeconds ?? 0) > SPOT_SECONDS && !workload?.perNode,
);

/** Pods that need longer than their node gives them are killed. */
export const rule = clusterRule({
  id: 'availability/grace-period',
  title: 'pods can end within the time that their nodes give them',
  severity: 'warning',
  why: 'A Spot instance ends two minutes after its notice, whatever its pods do. An upgrade of a managed node group waits 15 minutes for the pods of a node, and then fails with PodEvictionFailure.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html',
  bad: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2, version: "1.35" }
managedNodeGroups: [{ name: spot, instanceTypes: [m5.large, m5a.large], spot: true }]
---
apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { terminationGracePeriodSeconds: 180, containers: [{ name: web, image: web:1 }] }
`,
  good: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2, version: "1.35" }
managedNodeGroups:
  - { name: spot, instanceTypes: [m5.large, m5a.large], spot: true }
  - { name: lasting, instanceType: m5.large }
---
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  terminationGracePeriodSeconds: 180
  nodeSelector: { eks.amazonaws.com/capacityType: ON_DEMAND }
  containers: [{ name: web, image: web:1 }]
`,
  check: (cluster, inventory, report) => {
    const long = suspectsIn(inventory, SLOW).filter((pod) => !profileOf(pod, cluster.config));
    if (long.length === 0) {
      return;
    }
    const templates = nodeTemplatesOf(cluster, inventory) ?? [];
    const spot = spotNodes(cluster, templates);
    const managed = templates.filter(({ name }) => name.startsWith('managedNodeGroups['));
    for (const pod of long) {
      const seconds = pod.spec.terminationGracePeriodSeconds!;
      const [nodes, limit, why] = taken(spot, pod)
        ? [taken(spot, pod)!, SPOT_SECONDS, 'a Spot instance ends two minutes after its notice']
        : seconds > UPGRADE_SECONDS && taken(managed, pod)
          ? [taken(managed, pod)!, UPGRADE_SECONDS, 'an upgrade waits 15 minutes for the pods of a node']
          : [];
      if (nodes) {
        report(pod, {
          message: `terminationGracePeriodSeconds of ${title(pod)} must be at most ${limit} on ${nodes.name}, but is ${seconds}: ${why}`,
          field: `${podSpecField(pod)}.terminationGracePeriodSeconds`,
          fix:
            limit === SPOT_SECONDS
              ? `end within ${limit} s, or require On-Demand nodes (${CAPACITY_TYPE}: on-demand of a NodePool, ${MANAGED_CAPACITY}: ON_DEMAND of a group)`
              : `end within ${limit} s`,
        });
      }
    }
  },
});

function taken(nodes: readonly NodeTemplate[], { spec }: PodObject): NodeTemplate | undefined {
  const constraints = schedulingConstraints(spec);
  return nodes.find((node) => mismatchOf(node, constraints) === undefined);
}

/** The nodes that may be Spot instances, as if they were. */
function spotNodes({ config }: ClusterSide, templates: readonly NodeTemplate[]): NodeTemplate[] {
  const selfManaged = (config.nodeGroups ?? []).flatMap(({ instancesDistribution: spread, name }, i) =>
    spread && (spread.onDemandPercentageAboveBaseCapacity ?? 100) < 100 ? [`nodeGroups[${i}] '${name}'`] : [],
  );
  return templates.flatMap((template) => {
    if (selfManaged.includes(template.name) || template.labels(MANAGED_CAPACITY).only?.has('SPOT')) {
      return [template];
    }
    return template.labels(CAPACITY_TYPE).only?.has('spot')
      ? [{ ...template, labels: (key: string) => (key === CAPACITY_TYPE ? oneOf(['spot']) : template.labels(key)) }]
      : [];
  });
}
