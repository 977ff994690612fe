import { title } from '../../../kube/inventory';
import { nearest } from '../../../kube/text';
import { type BalancerKey, eachBalancerAnnotation, fieldOf } from '../../balancer-annotations';
import type { Rule } from '../../rule';

/** A name that is nearly one that the controller reads. */
export const rule: Rule = {
  id: 'load-balancers/annotation-name',
  title: 'annotations of load balancers are spelt as the controller reads them',
  severity: 'warning',
  why: 'The controller ignores annotations that it does not know, so that a misspelt one has no effect.',
  source: 'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/',
  bad: ingress('alb.ingress.kubernetes.io/target-types: ip'),
  good: ingress('alb.ingress.kubernetes.io/target-type: ip'),
  check: ({ inventory }, report) => {
    eachBalancerAnnotation(inventory, isUnknown, (object, key) => {
      const { of, name } = key;
      const meant = nearest(name, Object.keys(of.known));
      if (meant !== undefined) {
        report(object, {
          message: `${of.prefix}${name} of ${title(object)} is not an annotation of the controller`,
          fix: `did you mean '${of.prefix}${meant}'?`,
          field: fieldOf(key),
        });
      }
    });
  },
};

const isUnknown = ({ form }: BalancerKey): boolean => form === undefined;

function ingress(annotation: string): string {
  return `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: default
  annotations:
    ${annotation}
spec:
  ingressClassName: alb
  defaultBackend: { service: { name: web, port: { number: 80 } } }
`;
}
