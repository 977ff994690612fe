import { title } from '../../../kube/inventory';
import { ALB, type BalancerKey, eachBalancerAnnotation, fieldOf, NLB } from '../../balancer-annotations';
import type { Rule } from '../../rule';

/** Seconds where an Ingress does not say; that of NLBs depends on the protocol. */
const ALB_INTERVAL = 15;

/** A health check answers before the next one begins. */
export const rule: Rule = {
  id: 'load-balancers/health-check',
  title: 'the timeout of a health check is below its interval, and its path begins with /',
  severity: 'error',
  why: 'AWS refuses a target group whose health check takes longer than its interval, or whose path does not begin with a slash.',
  source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html',
  bad: ingress(10),
  good: ingress(5),
  check: ({ inventory }, report) => {
    const timings = new Map<string, string>();
    const keyOf = (namespace: string, kind: string, name: string, key: string) => `${kind}|${namespace}|${name}|${key}`;
    eachBalancerAnnotation(inventory, isInterval, (object, { of }, value) => {
      timings.set(keyOf(object.namespace, object.manifest.kind, object.manifest.metadata.name, of.prefix), value);
    });
    eachBalancerAnnotation(inventory, isChecked, (object, annotation, value) => {
      const { of, name } = annotation;
      if (name.endsWith(PATH) && !value.startsWith('/')) {
        report(object, {
          message: `the path of the health check of ${title(object)} must begin with '/', but is '${value}'`,
          fix: `write '/${value}'`,
          field: fieldOf(annotation),
        });
      }
      if (name !== of.timeout) {
        return;
      }
      const key = keyOf(object.namespace, object.manifest.kind, object.manifest.metadata.name, of.prefix);
      const interval = Number(timings.get(key) ?? (of === ALB ? ALB_INTERVAL : Number.NaN));
      const timeout = Number(value);
      if (timeout > interval || (timeout === interval && of !== NLB)) {
        report(object, {
          message: `the health check of ${title(object)} has a timeout of ${timeout} s and an interval of ${interval} s`,
          fix: 'write a timeout below the interval',
          field: fieldOf(annotation),
        });
      }
    });
  },
};

const PATH = 'healthcheck-path';
const isInterval = ({ of, name }: BalancerKey): boolean => name === of.interval;
const isChecked = ({ of, name }: BalancerKey): boolean => name === of.timeout || name.endsWith(PATH);

function ingress(timeout: number): string {
  return `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: default
  annotations:
    alb.ingress.kubernetes.io/healthcheck-interval-seconds: '10'
    alb.ingress.kubernetes.io/healthcheck-timeout-seconds: '${timeout}'
spec:
  ingressClassName: alb
  defaultBackend: { service: { name: web, port: { number: 80 } } }
`;
}
