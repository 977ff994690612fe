import { type Inventory, title } from '../../../kube/inventory';
import { type Call, callsOf, portOf, type ServiceCall } from '../../network/calls';
import { allowed } from '../../network/passes';
import { placeOf, whereOf } from '../../pod-texts';
import type { Rule } from '../../rule';

/** The port of a pod, or of nothing, where that of its Service is meant. */
export const rule: Rule = {
  id: 'connections/service-port',
  title: 'the address of a Service has a port of the Service',
  severity: 'warning',
  why: 'A Service forwards its own ports to those of the pods, and no others. A connection to the port of the pod, or to a port that was renamed, times out.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports',
  bad: manifests(8080),
  good: manifests(80),
  check: ({ inventory }, report) => {
    for (const pod of inventory.pods) {
      const seen = new Set<string>();
      for (const call of callsOf(inventory, pod)) {
        const key =
          call.to === 'service'
            ? `${call.service.namespace}/${call.service.manifest.metadata.name}:${call.address.port}`
            : '';
        if (call.to !== 'service' || seen.has(key) || call.published || hasPort(call) || isClosed(inventory, call)) {
          continue;
        }
        seen.add(key);
        const { from, address, service } = call;
        const ports = portsOf(call).flatMap(({ port }) => port ?? []);
        report(pod, {
          message: `${whereOf(from)} contains '${address.text}'${address.text.endsWith(`:${address.port}`) ? '' : `, port ${address.port}`}, but ${title(service)} has no port ${address.port}`,
          fix: `write one of its ports: ${ports.join(', ')}`,
          ...placeOf(from),
        });
      }
    }
  },
};

type Ports = readonly { readonly port?: number }[];

const portsOf = ({ service }: ServiceCall): Ports => (service.manifest.spec?.ports ?? []) as Ports;

/** A headless Service has the ports of its pods, and one without ports is refused. */
function hasPort(call: Call & ServiceCall): boolean {
  const { port } = call.address;
  const ports = portsOf(call);
  return (
    port === undefined ||
    ports.length === 0 ||
    call.service.manifest.spec?.clusterIP === 'None' ||
    ports.some((one) => one.port === port)
  );
}

/** Whether the policies drop the call anyway, which is a finding of its own. */
function isClosed(inventory: Inventory, call: Call & ServiceCall): boolean {
  const { pod, pods, protocol } = call;
  return (
    pods.length > 0 &&
    pods.every(
      (to) =>
        !(['egress', 'ingress'] as const).every((way) => allowed(inventory, pod, to, portOf(call, to), protocol, way)),
    )
  );
}

function manifests(port: number): string {
  return `
apiVersion: v1
kind: Pod
metadata: { name: ui, namespace: shop }
spec: { containers: [{ name: ui, image: 'example.com/ui:1', env: [{ name: API_URL, value: 'http://api:${port}' }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec: { selector: { app: api }, ports: [{ port: 80, targetPort: 8080 }] }
`;
}
