import type { ServicePort } from '../../../imports/kubernetes';
import { entryOf } from '../../../kube/collections';
import { type PodObject, title } from '../../../kube/inventory';
import { indexPath } from '../../../kube/text';
import type { Rule } from '../../rule';
import { declaredPorts, services } from '../../services';

/** Containers may listen on ports that they do not declare, but most list all of them. */
export const rule: Rule = {
  id: 'services/undeclared-port',
  title: 'a target port by number is among the ports that the selected pods declare',
  severity: 'advice',
  why: 'Kubernetes sends traffic to ports that no container declares. Where the pods declare others, the number is often a mistake, and connections are refused.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: web, image: web:1, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: web, image: web:1, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
`,
  check: ({ inventory }, report) => {
    // Services with equal selectors have one list of pods
    const known = new Map<readonly PodObject[], ReadonlySet<number>>();
    for (const service of services(inventory).everywhere()) {
      // nearly always the first declares all of them
      const [first] = service.pods;
      if (first && service.ports.every((port) => declares(first, port))) {
        continue;
      }
      const declared = entryOf(known, service.pods, () => portsOf(service.pods));
      if (declared.size === 0) {
        continue;
      }
      service.ports.forEach(({ port, targetPort = port }, i) => {
        if (typeof targetPort === 'number' && !declared.has(targetPort)) {
          report(service, {
            message: `${title(service)} sends traffic to port ${targetPort}, but its pods declare ${[...declared].slice(0, 5).join(', ')}`,
            field: indexPath('spec.ports', i),
            fix: 'write the targetPort that the container listens on, or declare the port in the container',
          });
        }
      });
    }
  },
};

function portsOf(pods: readonly PodObject[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const pod of pods) {
    for (const { containerPort } of declaredPorts(pod)) {
      found.add(containerPort);
    }
  }
  return found;
}

function declares(pod: PodObject, { port, targetPort = port }: Partial<ServicePort>): boolean {
  return typeof targetPort !== 'number' || declaredPorts(pod).some(({ containerPort }) => containerPort === targetPort);
}
