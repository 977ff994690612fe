import { title } from '../../../kube/inventory';
import { nearest } from '../../../kube/text';
import { GATEWAY_GROUP } from '../../routes';
import type { Rule } from '../../rule';

/** Classes that a controller makes by itself when it starts. */
const BY_CONTROLLER = /^istio(-|$)/;

/** A Gateway that no controller takes: it is accepted, and never gets an address. */
export const rule: Rule = {
  id: 'routes/class',
  title: 'a Gateway names a class that exists',
  severity: 'warning',
  why: 'A controller only takes the Gateways of its classes. Neither the AWS Load Balancer Controller nor EKS Auto Mode makes a class: without the GatewayClass the Gateway is accepted, and never gets an address.',
  source: 'https://gateway-api.sigs.k8s.io/api-types/gatewayclass/',
  bad: gateway('aws'),
  good: gateway('public'),
  check: ({ inventory, existing, cluster }, report) => {
    if (!inventory.complete) {
      return;
    }
    const names = new Set([
      ...inventory.ofKind('GatewayClass', GATEWAY_GROUP).map(({ manifest }) => manifest.metadata.name),
      ...existing.filter(({ kind }) => kind === 'GatewayClass').map(({ name }) => name),
    ]);
    for (const object of inventory.ofKind('Gateway', GATEWAY_GROUP)) {
      const name = object.manifest.spec?.gatewayClassName;
      if (typeof name === 'string' && !names.has(name) && !BY_CONTROLLER.test(name)) {
        const meant = nearest(name, [...names]);
        report(object, {
          message: `${title(object)} names the class '${name}', which nothing makes`,
          fix: meant
            ? `did you mean '${meant}'?`
            : `add a GatewayClass '${name}', or declare that it exists: existing: [{ kind: 'GatewayClass', namespace: '', name: '${name}' }]`,
          field: 'spec.gatewayClassName',
          // another set may make the class
          ...(cluster && object.origin.construct !== undefined ? { severity: 'error' } : {}),
        });
      }
    }
  },
};

function gateway(name: string): string {
  return `
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: { name: public }
spec: { controllerName: gateway.k8s.aws/alb }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: web, namespace: shop }
spec: { gatewayClassName: ${name}, listeners: [{ name: http, port: 80, protocol: HTTP }] }
`;
}
