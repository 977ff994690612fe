import type { Container } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { podContainers } from '../../../kube/pod-containers';
import { enforces } from '../../pod-security';
import type { Rule } from '../../rule';
import { checkSuspects, suspectContainers } from '../../suspects';

/** Containers with the rights of root on the node. Namespaces that enforce 'baseline' refuse them. */
export const rule: Rule = {
  id: 'security/privileged',
  title: 'containers are not privileged and add no capabilities',
  severity: 'advice',
  why: 'A privileged container is root on its node. Added capabilities such as SYS_ADMIN or NET_RAW come close to it.',
  source: 'https://docs.aws.amazon.com/eks/latest/best-practices/pod-security.html',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: web, image: web, securityContext: { privileged: true } }] }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: web, image: web, securityContext: { capabilities: { add: [NET_BIND_SERVICE], drop: [ALL] } } }] }
`,
  check: checkSuspects(
    suspectContainers(({ container }) => isPrivileged(container)),
    (pod, report, { inventory }) => {
      const found = enforces(inventory, pod.namespace, 'baseline')
        ? []
        : podContainers(pod).filter(({ container }) => isPrivileged(container));
      const [first] = found;
      if (first) {
        report(pod, {
          field: `${first.field}.securityContext`,
          ...(first.container.name === undefined ? {} : { container: first.container.name }),
          message: `${found.length === 1 ? 'a container' : `${found.length} containers`} of ${title(pod)} ${found.length === 1 ? 'runs' : 'run'} privileged or with added capabilities`,
          fix: 'leave privileged out, and capabilities.add but for NET_BIND_SERVICE',
        });
      }
    },
  ),
};

function isPrivileged({ securityContext }: Container): boolean {
  const added = securityContext?.capabilities?.add ?? [];
  return securityContext?.privileged === true || added.some((name) => name !== 'NET_BIND_SERVICE');
}
