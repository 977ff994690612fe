import type { LabelSelector, TopologySpreadConstraint } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { withoutKeys } from '../../../kube/label-selectors';
import { selects } from '../../../kube/objects';
import { podSpecField } from '../../../kube/pod-containers';
import { isSetAtRunTime } from '../../../kube/runtime-labels';
import { indexPath } from '../../../kube/text';
import type { Rule } from '../../rule';
import { checkSuspects, suspectPods } from '../../suspects';

/** A constraint counts the pods that it selects, and spreads no others. */
export const rule: Rule = {
  id: 'availability/spread-selector',
  title: 'a topology spread constraint selects the pods that it stands in',
  severity: 'warning',
  why: 'The scheduler counts the pods that labelSelector matches. A constraint that matches none of its own pods, or has no selector, finds every node equally good: all pods may end on one node or in one zone.',
  source: 'https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/',
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: web:1 }]
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: topology.kubernetes.io/zone, labelSelector: { matchLabels: { app: wbe } } }]
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: web:1 }]
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: topology.kubernetes.io/zone, labelSelector: { matchLabels: { app: web } } }]
`,
  check: checkSuspects(
    suspectPods(({ spec, labels }) => spec.topologySpreadConstraints?.every((one) => countsOwn(one, labels)) === false),
    (pod, report) => {
      const { topologySpreadConstraints = [] } = pod.spec;
      topologySpreadConstraints.forEach(({ labelSelector, matchLabelKeys }, i) => {
        if (matchLabelKeys?.length && !labelSelector) {
          return;
        }
        if (!labelSelector || !selectsOwn(labelSelector, pod.labels)) {
          report(pod, {
            message: `the constraint over '${topologySpreadConstraints[i]!.topologyKey}' of ${title(pod)} ${labelSelector ? 'does not select its own pods' : 'has no labelSelector, which selects no pods'}`,
            field: `${indexPath(`${podSpecField(pod)}.topologySpreadConstraints`, i)}.labelSelector`,
            fix: 'write labels that the pods of this template have',
          });
        }
      });
    },
  ),
};

function selectsOwn(selector: LabelSelector, labels: Readonly<Record<string, string>>): boolean {
  return selects(selector, labels) || selects(withoutKeys(selector, isSetAtRunTime), labels);
}

/** Whether a constraint selects by labels that its pods have, as nearly all. */
function countsOwn({ labelSelector }: TopologySpreadConstraint, labels: Readonly<Record<string, string>>): boolean {
  if (!labelSelector?.matchLabels || labelSelector.matchExpressions !== undefined) {
    return false;
  }
  for (const key in labelSelector.matchLabels) {
    if (labels[key] !== labelSelector.matchLabels[key]) {
      return false;
    }
  }
  return true;
}
