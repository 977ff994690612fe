import { type PodObject, title } from '../../../kube/inventory';
import { podSpecField } from '../../../kube/pod-containers';
import { indexPath, keyPath } from '../../../kube/text';
import { enforces } from '../../pod-security';
import type { Rule } from '../../rule';
import { suspectPods, suspectsIn } from '../../suspects';

const SHARING = suspectPods(
  ({ spec }) =>
    spec.hostNetwork === true ||
    spec.hostPID === true ||
    spec.hostIPC === true ||
    spec.volumes?.some(({ hostPath }) => hostPath) === true,
);

/** What a pod shares with its node. Namespaces that enforce 'baseline' refuse it. */
export const rule: Rule = {
  id: 'security/host-access',
  title: 'pods share neither namespaces nor files with their node, but for agents with a namespace of their own',
  severity: 'advice',
  why: "A pod with hostNetwork, hostPID, hostIPC or hostPath sees traffic, processes or files of the node and of every other pod on it, and can reach the node's credentials.",
  source: 'https://docs.aws.amazon.com/eks/latest/best-practices/pod-security.html',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { hostNetwork: true, containers: [{ name: web, image: web }] }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: web, image: web }], volumes: [{ name: tmp, emptyDir: {} }] }
`,
  check: ({ inventory }, report) => {
    const sharing = suspectsIn(inventory, SHARING);
    if (sharing.length === 0) {
      return;
    }
    // agents that have a namespace for themselves are as they should be
    const others = new Set(inventory.pods.flatMap(({ namespace, workload }) => (workload?.perNode ? [] : [namespace])));
    for (const pod of sharing) {
      if (pod.workload?.perNode && pod.namespace !== 'default' && !others.has(pod.namespace)) {
        continue;
      }
      const fields = enforces(inventory, pod.namespace, 'baseline') ? [] : sharedWithHost(pod);
      const [field] = fields;
      if (field !== undefined) {
        report(pod, {
          field,
          message: `the pods of ${title(pod)} share with their node: ${fields.join(', ')}`,
          fix: 'leave it out, or give it to an agent of its own in a namespace where nothing else runs',
        });
      }
    }
  },
};

function sharedWithHost({ at: template, spec }: PodObject): string[] {
  const at = podSpecField({ at: template });
  const flags = (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter((key) => spec[key] === true);
  const volumes = keyPath(at, 'volumes');
  return [
    ...flags.map((key) => keyPath(at, key)),
    ...(spec.volumes ?? []).flatMap(({ hostPath }, i) => (hostPath ? [`${indexPath(volumes, i)}.hostPath`] : [])),
  ];
}
