import type { Container, PodSpec } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { isWindowsPod } from '../../../kube/os-fields';
import { podContainers } from '../../../kube/pod-containers';
import { enforces } from '../../pod-security';
import type { Rule } from '../../rule';
import { checkSuspects, suspectContainers } from '../../suspects';

/** Containers that may run as root. Namespaces that enforce 'restricted' refuse them. */
export const rule: Rule = {
  id: 'security/run-as-root',
  title: 'containers do not run as root',
  severity: 'advice',
  why: 'The user root of a container is root of the node for every flaw of the runtime and every mounted file. runAsNonRoot makes the kubelet refuse it.',
  source: 'https://docs.aws.amazon.com/eks/latest/best-practices/pod-security.html',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: web, image: web }] }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { securityContext: { runAsNonRoot: true }, containers: [{ name: web, image: web }] }
`,
  check: checkSuspects(
    suspectContainers(({ container }, { spec }) => mayBeRoot(container, spec)),
    (pod, report, { inventory }) => {
      const found = enforces(inventory, pod.namespace, 'restricted')
        ? []
        : podContainers(pod).filter(({ container }) => mayBeRoot(container, pod.spec));
      const [first] = found;
      if (first) {
        report(pod, {
          field: `${first.field}.securityContext`,
          ...(first.container.name === undefined ? {} : { container: first.container.name }),
          message: `${found.length === 1 ? 'a container' : `${found.length} containers`} of ${title(pod)} may run as root`,
          fix: isWindowsPod(pod.spec)
            ? 'write securityContext: { runAsNonRoot: true, windowsOptions: { runAsUserName: ContainerUser } }'
            : 'write securityContext: { runAsNonRoot: true, runAsUser: 10001 }',
        });
      }
    },
  ),
};

function mayBeRoot({ securityContext }: Container, { securityContext: ofPod }: PodSpec): boolean {
  const user = securityContext?.runAsUser ?? ofPod?.runAsUser;
  const refused = securityContext?.runAsNonRoot ?? ofPod?.runAsNonRoot;
  return user === 0 || (refused !== true && user === undefined);
}
