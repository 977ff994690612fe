import { title } from '../../../kube/inventory';
import { podContainers } from '../../../kube/pod-containers';
import { Places } from '../../places';
import type { Rule } from '../../rule';
import { checkSuspects, suspectPods } from '../../suspects';

/** On the network of the node the two ports are one. */
export const rule: Rule = {
  id: 'host-ports/network',
  title: 'on the network of the node a host port is the port of the container',
  severity: 'error',
  why: 'The API server refuses another host port: a pod with hostNetwork listens on the node itself.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports',
  refusedBy: 'api-server',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: proxy, namespace: default }
spec:
  hostNetwork: true
  containers:
    - name: proxy
      image: example.com/proxy:1.0.0
      ports: [{ containerPort: 8080, hostPort: 80 }]
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: proxy, namespace: default }
spec:
  hostNetwork: true
  containers:
    - name: proxy
      image: example.com/proxy:1.0.0
      ports: [{ containerPort: 8080 }]
`,
  check: checkSuspects(
    suspectPods(({ spec }) => spec.hostNetwork === true),
    (pod, report) => {
      const containers = podContainers(pod);
      const found = new Places(report, pod);
      for (const { container, field } of containers) {
        for (const [i, { containerPort, hostPort = 0 }] of (container.ports ?? []).entries()) {
          if (hostPort !== 0 && hostPort !== containerPort) {
            found.add(`${hostPort}`, {
              message: `hostPort of container '${container.name}' of ${title(pod)}, which uses the network of its node, must be its containerPort ${containerPort}, but is ${hostPort}`,
              fix: 'leave hostPort out',
              field: `${field}.ports[${i}].hostPort`,
              container: container.name,
            });
          }
        }
      }
      found.finish();
    },
  ),
};
