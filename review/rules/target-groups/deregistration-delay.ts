import { parseMap } from '../../../eks/annotation-values';
import { remembered } from '../../../kube/collections';
import { title } from '../../../kube/inventory';
import { gracePeriodOf } from '../../../kube/lifecycle';
import { balancedServices } from '../../behind-balancers';
import type { Rule } from '../../rule';

const DELAY = 'deregistration_delay.timeout_seconds';

/** A target that still drains after its pod has ended loses its connections. */
export const rule: Rule = {
  id: 'target-groups/deregistration-delay',
  title: 'targets are drained before their pods end',
  severity: 'warning',
  why: 'A load balancer keeps open connections to a target for the deregistration delay. Where the pod ends before, after its grace period, they break.',
  source: 'https://docs.aws.amazon.com/eks/latest/best-practices/load-balancing.html',
  bad: balanced(120),
  good: balanced(30),
  check: ({ inventory }, report) => {
    // of an annotation that stands for several Services the first pods that are too short
    const reported = new Set<string>();
    for (const { service, attributes } of balancedServices(inventory)) {
      for (const { object, value, field } of attributes) {
        const delay = delayOf(value);
        const short = service.pods.find(({ spec }) => delay > gracePeriodOf(spec));
        if (!short) {
          continue;
        }
        const key = `${object.manifest.kind} ${object.namespace}/${object.manifest.metadata.name} ${field}`;
        if (!reported.has(key)) {
          reported.add(key);
          const grace = gracePeriodOf(short.spec);
          report(object, {
            message: `the deregistration delay of ${title(object)} is ${delay} s, and the pods of ${title(short)} end after ${grace} s`,
            fix: `write a delay of at most ${grace}, or a longer terminationGracePeriodSeconds with a preStop hook`,
            field,
          });
        }
      }
    }
  },
};

const delayOf = remembered((attributes) => Number(parseMap(attributes)?.get(DELAY)));

function balanced(delay: number): string {
  return `
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: default
  annotations:
    service.beta.kubernetes.io/aws-load-balancer-target-group-attributes: ${DELAY}=${delay}
spec: { type: LoadBalancer, loadBalancerClass: service.k8s.aws/nlb, selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default, labels: { app: web } }
spec: { containers: [{ name: web, image: example.com/web:1.0.0 }] }
`;
}
