import { title } from '../../../kube/inventory';
import { indexPath, listed, nearest } from '../../../kube/text';
import type { Rule } from '../../rule';
import { declaredPorts, declaresPort, services } from '../../services';

/** A port by name is looked up in each pod; those without it are no endpoints of the port. */
export const rule: Rule = {
  id: 'services/target-port',
  title: 'a named targetPort is a port that a container of the selected pods declares',
  severity: 'error',
  why: 'A targetPort by name is looked up among the ports that the containers of each pod declare. Where none declares it, the port of the Service has no endpoints, and every connection is refused.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: web, image: web:1, ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: web }] }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: web, image: web:1, ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: http }] }
`,
  check: ({ inventory }, report) => {
    for (const service of services(inventory).everywhere()) {
      if (service.pods.length === 0) {
        continue;
      }
      service.ports.forEach(({ targetPort, protocol = 'TCP' }, i) => {
        const name = targetPort;
        if (typeof name !== 'string' || service.pods.some((pod) => declaresPort(pod, name, protocol))) {
          return;
        }
        const declared = service.pods.flatMap(declaredPorts);
        const names = [...new Set(declared.flatMap((port) => (port.name && port.name !== name ? [port.name] : [])))];
        const other = declared.find((port) => port.name === name);
        const meant = nearest(name, names);
        report(service, {
          message: other
            ? `${title(service)} sends ${protocol} to port '${name}', which the pods declare for ${other.protocol ?? 'TCP'}`
            : `${title(service)} sends traffic to port '${name}', which no container of its ${service.pods.length === 1 ? `pods (${title(service.pods[0]!)})` : 'pods'} declares`,
          field: `${indexPath('spec.ports', i)}.targetPort`,
          fix: other
            ? 'give both the same protocol'
            : meant !== undefined
              ? `write '${meant}'`
              : names.length > 0
                ? `write ${listed(names.slice(0, 5))}, or the port's number`
                : `write the port's number, or declare a port named '${name}' in the container`,
        });
      });
    }
  },
};
