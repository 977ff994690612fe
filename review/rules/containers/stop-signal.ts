import { title } from '../../../kube/inventory';
import { podContainers } from '../../../kube/pod-containers';
import { Places } from '../../places';
import type { Rule } from '../../rule';
import { checkSuspects, suspectContainers } from '../../suspects';

/** A field that no cluster of EKS keeps. */
export const rule: Rule = {
  id: 'containers/stop-signal',
  title: 'containers are stopped with the signal of their image',
  severity: 'warning',
  why: 'lifecycle.stopSignal belongs to the feature gate ContainerStopSignals, which is alpha and off up to Kubernetes 1.37; EKS switches on no alpha feature. The API server drops the field without a word, and the container gets the signal of its image, or SIGTERM.',
  source: 'https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/',
  bad: pod('lifecycle: { stopSignal: SIGQUIT }'),
  good: pod('lifecycle: { preStop: { exec: { command: [nginx, -s, quit] } } }'),
  check: checkSuspects(
    suspectContainers(({ container }) => container.lifecycle?.stopSignal !== undefined),
    (one, report) => {
      const containers = podContainers(one);
      const found = new Places(report, one);
      for (const { container, field } of containers) {
        const { stopSignal } = container.lifecycle ?? {};
        if (stopSignal !== undefined) {
          found.add(String(stopSignal), {
            message: `the stopSignal '${stopSignal}' of container '${container.name}' of ${title(one)} is dropped: no version of EKS has the feature`,
            fix: 'write STOPSIGNAL in the Dockerfile of the image, or send the signal in a preStop command',
            field: `${field}.lifecycle.stopSignal`,
            container: container.name,
          });
        }
      }
      found.finish();
    },
  ),
};

function pod(lifecycle: string): string {
  return `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  os: { name: linux }
  containers: [{ name: web, image: nginx:1.29.1, ${lifecycle} }]
`;
}
