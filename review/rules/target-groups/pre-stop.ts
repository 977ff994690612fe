import { type PodObject, title } from '../../../kube/inventory';
import { preStopSleep } from '../../../kube/lifecycle';
import { podContainers } from '../../../kube/pod-containers';
import { balancedServices } from '../../behind-balancers';
import type { Rule } from '../../rule';

/** Seconds until a controller has seen that a pod ends, and a load balancer has stopped sending to it. */
const SECONDS = 10;

/** A pod that stops while the load balancer still sends to it. */
export const rule: Rule = {
  id: 'target-groups/pre-stop',
  title: 'pods that are targets of a load balancer serve until they are deregistered',
  severity: 'warning',
  why: 'A pod gets SIGTERM while the controller only begins to deregister it. Requests that the load balancer sends in the meantime fail, at every rollout. A preStop hook that sleeps delays SIGTERM.',
  source: 'https://docs.aws.amazon.com/eks/latest/best-practices/load-balancing.html',
  bad: balanced(2),
  good: balanced(15),
  check: ({ inventory }, report) => {
    const reported = new Set<PodObject>();
    for (const { balancer, service, targetType } of balancedServices(inventory)) {
      for (const pod of targetType === 'ip' ? service.pods : []) {
        const short = reported.has(pod) ? undefined : shortHook(pod);
        if (short) {
          reported.add(pod);
          report(pod, {
            ...(short.seconds === undefined ? { severity: 'advice' } : {}),
            message: `the pods of ${title(pod)} are targets of ${title(balancer)}, and ${
              short.seconds === undefined
                ? 'no preStop hook delays SIGTERM'
                : `their preStop hook sleeps ${short.seconds} s`
            }, but a load balancer takes about ${SECONDS} s to stop sending to them`,
            fix: `write lifecycle: { preStop: { sleep: { seconds: 15 } } }, and a terminationGracePeriodSeconds that leaves time to end`,
            ...(short.field === undefined ? {} : { field: `${short.field}.lifecycle.preStop` }),
            ...(short.container === undefined ? {} : { container: short.container }),
          });
        }
      }
    }
  },
};

interface ShortHook {
  readonly seconds?: number;
  readonly field?: string;
  readonly container?: string;
}

/** The longest sleep of a pod that is too short; a pod without one may wait by itself. */
function shortHook(pod: PodObject): ShortHook | undefined {
  let longest: (ShortHook & { readonly seconds: number }) | undefined;
  for (const { role, container, field } of podContainers(pod)) {
    if ((role === 'main' || role === 'sidecar') && container.lifecycle?.preStop !== undefined) {
      const seconds = preStopSleep(container);
      // a hook may wait in another way than by sleep
      if (seconds === undefined || seconds >= SECONDS) {
        return undefined;
      }
      if (longest === undefined || seconds > longest.seconds) {
        longest = { seconds, field, container: container.name };
      }
    }
  }
  return longest ?? {};
}

function balanced(seconds: number): string {
  return `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: default, annotations: { service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: ip } }
spec: { type: LoadBalancer, loadBalancerClass: service.k8s.aws/nlb, selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default, labels: { app: web } }
spec:
  terminationGracePeriodSeconds: 45
  containers:
    - { name: web, image: example.com/web:1.0.0, lifecycle: { preStop: { sleep: { seconds: ${seconds} } } } }
`;
}
