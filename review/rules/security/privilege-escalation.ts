import type { Container } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { isWindowsPod } from '../../../kube/os-fields';
import { podContainers } from '../../../kube/pod-containers';
import { enforces } from '../../pod-security';
import type { Rule } from '../../rule';
import { checkSuspects, suspectContainers } from '../../suspects';

/** What a process may become. Namespaces that enforce 'restricted' refuse it. */
export const rule: Rule = {
  id: 'security/privilege-escalation',
  title: 'processes cannot gain privileges and hold no capabilities',
  severity: 'advice',
  why: 'Unless allowPrivilegeEscalation is false, a program with the setuid bit becomes root in its container. The default capabilities allow it to forge packets and to change owners of files.',
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
spec: { containers: [{ name: web, image: web, securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } } }] }
`,
  check: checkSuspects(
    suspectContainers(({ container }) => mayEscalate(container)),
    (pod, report, { inventory }) => {
      const found =
        enforces(inventory, pod.namespace, 'restricted') || isWindowsPod(pod.spec)
          ? []
          : podContainers(pod).filter(({ container }) => mayEscalate(container));
      const [first] = found;
      if (first) {
        report(pod, {
          field: `${first.field}.securityContext`,
          ...(first.container.name === undefined ? {} : { container: first.container.name }),
          message: `${found.length === 1 ? 'a container' : `${found.length} containers`} of ${title(pod)} may gain privileges or keep the default capabilities`,
          fix: 'write securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }',
        });
      }
    },
  ),
};

function mayEscalate({ securityContext }: Container): boolean {
  const dropped = securityContext?.capabilities?.drop ?? [];
  return securityContext?.allowPrivilegeEscalation !== false || !dropped.some((name) => name.toUpperCase() === 'ALL');
}
