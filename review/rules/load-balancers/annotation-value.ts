import { valueProblem } from '../../../eks/annotation-values';
import { title } from '../../../kube/inventory';
import { type BalancerKey, eachBalancerAnnotation, fieldOf, hasBalancerValue } from '../../balancer-annotations';
import type { Rule } from '../../rule';

/** Values that the controller does not read, or that AWS does not take. */
export const rule: Rule = {
  id: 'load-balancers/annotation-value',
  title: 'annotations of load balancers have values that the controller takes',
  severity: 'error',
  why: 'The controller refuses the object when it cannot read one of its annotations, and AWS refuses what is out of range: the load balancer is not made, or not changed any more.',
  source: 'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/',
  bad: service('service.beta.kubernetes.io/aws-load-balancer-scheme: public'),
  good: service('service.beta.kubernetes.io/aws-load-balancer-scheme: internet-facing'),
  check: ({ inventory }, report) => {
    if (!hasBalancerValue(inventory, isWrong)) {
      return;
    }
    eachBalancerAnnotation(inventory, isKnown, (object, key, value) => {
      const { of, name, form } = key;
      const problem = form && valueProblem(value, form);
      if (problem !== undefined) {
        const ignored = form?.kind === 'one of' && form.others === 'ignored';
        report(object, {
          ...(ignored ? { severity: 'warning' } : {}),
          message: `${of.prefix}${name} of ${title(object)} ${problem}${ignored ? ', which the controller ignores' : ''}`,
          fix: 'write a value that the controller takes',
          field: fieldOf(key),
        });
      }
    });
  },
};

const isKnown = ({ form }: BalancerKey): boolean => form !== undefined;
const isWrong = ({ form }: BalancerKey, value: string): boolean =>
  form !== undefined && valueProblem(value, form) !== undefined;

function service(annotation: string): string {
  return `
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: default
  annotations:
    ${annotation}
spec: { type: LoadBalancer, loadBalancerClass: service.k8s.aws/nlb, ports: [{ port: 80 }] }
`;
}
