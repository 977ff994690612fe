import type { PodSpec } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { podContainers } from '../../../kube/pod-containers';
import type { Rule } from '../../rule';
import { checkSuspects, suspectContainers } from '../../suspects';

/** A port of a node has room for one pod. */
export const rule: Rule = {
  id: 'host-ports/replicas',
  title: 'pods that take a port of their node are one per node',
  severity: 'warning',
  why: 'Two pods with one host port never share a node: with more replicas than nodes some stay pending, and a rolling update waits for a free node.',
  source: 'https://kubernetes.io/docs/concepts/configuration/overview/#services',
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: proxy, namespace: default }
spec:
  replicas: 3
  selector: { matchLabels: { app: proxy } }
  template:
    metadata: { labels: { app: proxy } }
    spec:
      containers:
        - name: proxy
          image: example.com/proxy:1.0.0
          ports: [{ containerPort: 8080, hostPort: 80 }]
`,
  good: `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: proxy, namespace: default }
spec:
  selector: { matchLabels: { app: proxy } }
  template:
    metadata: { labels: { app: proxy } }
    spec:
      containers:
        - name: proxy
          image: example.com/proxy:1.0.0
          ports: [{ containerPort: 8080, hostPort: 80 }]
`,
  check: checkSuspects(
    suspectContainers(
      ({ container: { ports } }, { spec }) =>
        ports?.some(({ hostPort }) => spec.hostNetwork === true || hostPort !== undefined) === true,
    ),
    (pod, report) => {
      const containers = podContainers(pod);
      const { spec, workload } = pod;
      const replicas = workload?.scaled ? workload.replicas(pod.of) * pod.times : 0;
      if (replicas < 2 || isSpreadOverNodes(spec)) {
        return;
      }
      for (const { container, field, role } of containers) {
        const index = (container.ports ?? []).findIndex(
          ({ containerPort, hostPort }) => (hostPort ?? (spec.hostNetwork === true ? containerPort : 0)) > 0,
        );
        if (role !== 'init' && index >= 0) {
          const { hostPort, containerPort } = container.ports![index]!;
          report(pod, {
            message: `the ${replicas} pods of ${title(pod)} take port ${hostPort ?? containerPort} of their node, so no two of them share one`,
            fix: 'expose them by a Service, run them as a DaemonSet, or require by anti-affinity that each has a node of its own',
            field: `${field}.ports[${index}].${hostPort === undefined ? 'containerPort' : 'hostPort'}`,
            container: container.name,
          });
          break;
        }
      }
    },
  ),
};

const HOSTNAME = 'kubernetes.io/hostname';

/** Whether the pods say themselves that each has a node of its own. */
function isSpreadOverNodes({ affinity, topologySpreadConstraints = [] }: PodSpec): boolean {
  const required = affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  return (
    required.some(({ topologyKey }) => topologyKey === HOSTNAME) ||
    topologySpreadConstraints.some(
      ({ topologyKey, whenUnsatisfiable }) => topologyKey === HOSTNAME && whenUnsatisfiable === 'DoNotSchedule',
    )
  );
}
