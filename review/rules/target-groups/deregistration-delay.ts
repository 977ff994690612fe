import { parseMap } from '../../../eks/annotation-values';
import type { Service } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { ingressBackends } from '../../../kube/references';
import { balancerAnnotations } from '../../balancer-annotations';
import type { Rule } from '../../rule';
import { SelectablePods } from '../../selectable-pods';

const DELAY = 'deregistration_delay.timeout_seconds';
const DEFAULT_GRACE = 30;

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
    const services = new Map(
      inventory
        .ofKind('Service', '')
        .map(({ namespace, manifest }) => [
          `${namespace}/${manifest.metadata.name}`,
          (manifest as unknown as Partial<Service>).spec?.selector,
        ]),
    );
    const pods = SelectablePods.of(inventory);
    for (const { object, name, value, field } of balancerAnnotations(inventory)) {
      const delay = name.endsWith('target-group-attributes') ? Number(parseMap(value)?.get(DELAY)) : Number.NaN;
      if (!(delay > 0)) {
        continue;
      }
      const { manifest, namespace } = object;
      const names =
        manifest.kind === 'Service'
          ? [manifest.metadata.name]
          : ingressBackends(manifest).map((backend) => backend.name);
      const behind = [...new Set(names)].flatMap((service) => {
        const matchLabels = services.get(`${namespace}/${service}`);
        return matchLabels && Object.keys(matchLabels).length > 0 ? pods.selectedBy({ matchLabels }, namespace) : [];
      });
      const short = behind.find(({ spec }) => delay > (spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE));
      if (short) {
        const grace = short.spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE;
        report(object, {
          message: `the deregistration delay of ${title(object)} is ${delay} s, and the pods of ${title(short)} end after ${grace} s`,
          fix: `write a delay of at most ${grace}, or a longer terminationGracePeriodSeconds with a preStop hook`,
          field,
        });
      }
    }
  },
};

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
