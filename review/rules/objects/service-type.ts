import type { ServiceSpec } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { isSubdomain } from '../../../kube/names';
import { Places } from '../../places';
import type { Rule } from '../../rule';

/** Fields that only some types of Services have. */
export const rule: Rule = {
  id: 'objects/service-type',
  title: 'Services have the fields of their type only',
  severity: 'error',
  why: 'The API server refuses node ports and traffic policies of Services that nothing outside can reach, headless Services of a type that needs an address, and an ExternalName without a name.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types',
  refusedBy: 'api-server',
  bad: `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: default }
spec: { type: LoadBalancer, clusterIP: None, selector: { app: web }, ports: [{ port: 80 }] }
`,
  good: `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: default }
spec: { type: ClusterIP, clusterIP: None, selector: { app: web }, ports: [{ port: 80 }] }
`,
  check: ({ inventory }, report) => {
    for (const object of inventory.ofKind('Service', '')) {
      const spec = (object.manifest.spec ?? {}) as Partial<ServiceSpec>;
      const { type = 'ClusterIP', clusterIP, externalName, ports = [] } = spec;
      if (isPlain(spec)) {
        continue;
      }
      const found = new Places(report, object);
      const add = (field: string, message: string, fix: string) => found.add(message, { field, message, fix });
      const outside = type === 'NodePort' || type === 'LoadBalancer';
      if (outside && clusterIP === 'None') {
        const message = `${title(object)} of type ${type} is headless, and needs an address`;
        add('spec.clusterIP', message, "leave clusterIP out, or write type: 'ClusterIP'");
      }
      if (type === 'ExternalName' && !isSubdomain((externalName ?? '').replace(/\.$/, ''))) {
        const message = `${title(object)} of type ExternalName has no valid externalName`;
        add('spec.externalName', message, 'write the DNS name that it stands for');
      }
      for (const key of [
        'externalTrafficPolicy',
        'loadBalancerClass',
        'loadBalancerSourceRanges',
        'allocateLoadBalancerNodePorts',
        'healthCheckNodePort',
      ] as const) {
        const allowed =
          key === 'externalTrafficPolicy' ? outside || (spec.externalIPs ?? []).length > 0 : type === 'LoadBalancer';
        const value: unknown = spec[key];
        if (
          value !== undefined &&
          value !== '' &&
          value !== 0 &&
          !(Array.isArray(value) && value.length === 0) &&
          !allowed
        ) {
          const message = `${key} is not for ${title(object)} of type ${type}`;
          add(`spec.${key}`, message, "delete it, or write type: 'LoadBalancer'");
        }
      }
      for (const [i, { nodePort = 0 }] of ports.entries()) {
        if (nodePort !== 0 && !outside) {
          const message = `nodePort is not for ${title(object)} of type ${type}`;
          add(`spec.ports[${i}].nodePort`, message, "delete it, or write type: 'NodePort'");
        } else if (nodePort !== 0 && (nodePort < 30_000 || nodePort > 32_767)) {
          const message = `nodePort of ${title(object)} must be from 30000 to 32767, but is ${nodePort}`;
          add(`spec.ports[${i}].nodePort`, message, 'write a port of this range, or leave it out');
        }
      }
      found.finish();
    }
  },
};

/** Whether a Service has none of the fields that only some types have, as nearly all. */
function isPlain(spec: Partial<ServiceSpec>): boolean {
  return (
    (spec.type === undefined || spec.type === 'ClusterIP') &&
    spec.externalTrafficPolicy === undefined &&
    spec.loadBalancerClass === undefined &&
    spec.loadBalancerSourceRanges === undefined &&
    spec.allocateLoadBalancerNodePorts === undefined &&
    spec.healthCheckNodePort === undefined &&
    (spec.ports === undefined || spec.ports.every(({ nodePort }) => nodePort === undefined))
  );
}
