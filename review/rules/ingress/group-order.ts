import { type InventoryObject, title } from '../../../kube/inventory';
import { albField, albGroups } from '../../ingresses';
import type { Rule } from '../../rule';

/** Two members that ask for the same place. */
export const rule: Rule = {
  id: 'ingress/group-order',
  title: 'each member of an Ingress group has a group.order of its own',
  severity: 'warning',
  why: 'Members with the same group.order are sorted by namespace and name, which is rarely what the order was written for.',
  source:
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#group.order',
  bad: members(1, 1),
  good: members(1, 2),
  check: ({ inventory }, report) => {
    for (const group of albGroups(inventory)) {
      const taken = new Map<number, InventoryObject>();
      for (const { object, order } of group) {
        const first = order === undefined ? undefined : taken.get(order);
        if (first) {
          report(object, {
            message: `${title(object)} and ${title(first)} of one group both have group.order ${order}`,
            fix: 'give each member a number of its own, the lowest to the one with the longest paths',
            field: albField('group.order'),
          });
        } else if (order !== undefined) {
          taken.set(order, object);
        }
      }
    }
  },
};

function members(...orders: readonly number[]): string {
  return orders
    .map(
      (order, i) => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web-${i}
  namespace: default
  annotations: { alb.ingress.kubernetes.io/group.name: shop, alb.ingress.kubernetes.io/group.order: '${order}' }
spec:
  ingressClassName: alb
  rules:
    - host: web-${i}.example.com
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] }
`,
    )
    .join('---');
}
