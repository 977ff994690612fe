import type { ServicePort, ServiceSpec } from '../../../imports/kubernetes';
import { describe } from '../../../kube/describe';
import { title } from '../../../kube/inventory';
import { isDnsLabel, isPortNumber } from '../../../kube/names';
import { Places } from '../../places';
import type { Rule } from '../../rule';

/** Ports of Services. */
export const rule: Rule = {
  id: 'objects/service-ports',
  title: 'ports of a Service are valid, named when there are several, and declared once',
  severity: 'error',
  why: 'The API server refuses a Service without ports, two ports of one name or of one number and protocol, and several ports of which one has no name.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/#multi-port-services',
  refusedBy: 'api-server',
  bad: `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: default }
spec: { selector: { app: web }, ports: [{ name: http, port: 80 }, { name: http-alt, port: 80, targetPort: 8080 }] }
`,
  good: `
apiVersion: v1
kind: Service
metadata: { name: dns, namespace: default }
spec: { selector: { app: dns }, ports: [{ name: dns, port: 53, protocol: UDP }, { name: dns-tcp, port: 53 }] }
`,
  check: ({ inventory }, report) => {
    for (const object of inventory.ofKind('Service', '')) {
      const { ports = [], type, clusterIP } = (object.manifest.spec ?? {}) as Partial<ServiceSpec>;
      if (ports.length === 1 && isPlain(ports[0]!)) {
        continue;
      }
      const found = new Places(report, object);
      const add = (field: string, cause: string, message: string, fix: string) =>
        found.add(cause, { field, message, fix });
      if (ports.length === 0 && type !== 'ExternalName' && clusterIP !== 'None') {
        add('spec.ports', 'none', `${title(object)} has no ports`, 'write the port that clients connect to');
      }
      const [numbers, names] = [new Set<string>(), new Set<string>()];
      for (const [i, { port, protocol = 'TCP', name = '' }] of ports.entries()) {
        const at = `spec.ports[${i}]`;
        const key = `${port}/${protocol}`;
        if (!isPortNumber(port)) {
          const message = `port of ${title(object)} must be an integer from 1 to 65535, but is ${describe(port)}`;
          add(`${at}.port`, `number ${port}`, message, 'write the port that clients connect to');
        } else if (numbers.has(key)) {
          add(
            `${at}.port`,
            `twice ${key}`,
            `${title(object)} has port ${key} twice`,
            'delete one of them, or change its port',
          );
        }
        if (name === '' ? ports.length > 1 : !isDnsLabel(name)) {
          const message = `the name of a port of ${title(object)} must be at most 63 lowercase letters, digits and '-', but is ${describe(name)}`;
          add(`${at}.name`, `name ${name}`, message, "write a name such as 'http'");
        } else if (name !== '' && names.has(name)) {
          add(
            `${at}.name`,
            `twice ${name}`,
            `two ports of ${title(object)} have the name '${name}'`,
            'rename one of them',
          );
        }
        numbers.add(key);
        names.add(name);
      }
      found.finish();
    }
  },
};

/** Whether a port is as it must be where it is the only one. */
const isPlain = ({ port, name = '' }: Partial<ServicePort>): boolean =>
  isPortNumber(port) && (name === '' || isDnsLabel(name));
