import type { PodSpec } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { podSpecField } from '../../../kube/pod-containers';
import { replicasOf } from '../../replicas';
import type { Rule } from '../../rule';
import { checkSuspects, suspectPods } from '../../suspects';

/** A constraint or an anti-affinity of any kind is a decision on where replicas run. */
export const rule: Rule = {
  id: 'availability/no-spread',
  title: 'pods of a workload are spread by topology spread constraints or anti-affinity',
  severity: 'advice',
  why: 'Without a constraint the scheduler may place all pods on one node or in one zone, whose loss then stops the whole workload.',
  source: 'https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/',
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web:1 }] } }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: web:1 }]
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: ScheduleAnyway
          labelSelector: { matchLabels: { app: web } }
`,
  check: checkSuspects(
    suspectPods(({ workload, spec }) => workload?.scaled === true && !isSpread(spec)),
    (pod, report, { inventory }) => {
      if (!pod.workload?.grouped && !isSpread(pod.spec) && (replicasOf(inventory, pod)?.max ?? 0) > 1) {
        report(pod, {
          message: `nothing spreads the pods of ${title(pod)} over nodes and zones`,
          field: `${podSpecField(pod)}.topologySpreadConstraints`,
          fix: "add a constraint with topologyKey 'topology.kubernetes.io/zone' and the labels of its pods",
        });
      }
    },
  ),
};

function isSpread({ topologySpreadConstraints, affinity }: PodSpec): boolean {
  if (topologySpreadConstraints?.length) {
    return true;
  }
  const { podAntiAffinity: apart } = affinity ?? {};
  return Boolean(
    apart?.requiredDuringSchedulingIgnoredDuringExecution?.length ||
      apart?.preferredDuringSchedulingIgnoredDuringExecution?.length,
  );
}
