import { todaysKey, ZONE } from '../../../eks/node-labels';
import type { NodeSelectorTerm, PodSpec } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { nodeAlternatives } from '../../../kube/node-affinity';
import { podSpecField } from '../../../kube/pod-containers';
import { replicasOf } from '../../replicas';
import type { Rule } from '../../rule';
import { checkSuspects, suspectPods } from '../../suspects';

/** Several replicas in one zone do not survive it. */
export const rule: Rule = {
  id: 'availability/single-zone',
  title: 'a workload with several pods may run in more than one zone',
  severity: 'advice',
  why: 'All pods are gone while their zone is, however many there are.',
  source: 'https://docs.aws.amazon.com/eks/latest/best-practices/application.html',
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web:1 }], nodeSelector: { topology.kubernetes.io/zone: us-west-2a } }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 1
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web:1 }], nodeSelector: { topology.kubernetes.io/zone: us-west-2a } }
`,
  check: checkSuspects(
    suspectPods(({ spec }) => mentionsZone(spec)),
    (pod, report, { inventory }) => {
      const zone = pod.workload?.grouped ? undefined : onlyZone(pod.spec);
      const most = zone === undefined ? 0 : (replicasOf(inventory, pod)?.max ?? 0);
      if (most > 1) {
        report(pod, {
          message: `all ${most} pods of ${title(pod)} must run in zone '${zone}'`,
          field: podSpecField(pod),
          fix: 'require no zone, and spread the pods over all of them',
        });
      }
    },
  ),
};

/** The zone that a pod requires; undefined where it may run in several. */
function onlyZone(spec: PodSpec): string | undefined {
  const zones = nodeAlternatives(spec).map((expressions) => {
    const required = expressions.find(
      ({ key, operator, values }) => todaysKey(key) === ZONE && operator === 'In' && values?.length === 1,
    );
    return required?.values?.[0];
  });
  const [first] = zones;
  return zones.every((zone) => zone === first) ? first : undefined;
}

/** The question that nearly every pod answers with no. */
function mentionsZone({ nodeSelector, affinity }: PodSpec): boolean {
  for (const key in nodeSelector) {
    if (todaysKey(key) === ZONE) {
      return true;
    }
  }
  const { nodeSelectorTerms = [] } = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? NO_TERMS;
  return nodeSelectorTerms.some(
    ({ matchExpressions }) =>
      matchExpressions?.some(({ key }) => key !== undefined && todaysKey(key) === ZONE) ?? false,
  );
}

const NO_TERMS: { readonly nodeSelectorTerms?: readonly NodeSelectorTerm[] } = {};
