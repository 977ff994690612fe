import type { Inventory } from '../../../kube/inventory';
import { title } from '../../../kube/inventory';
import { ingressBackends } from '../../../kube/references';
import { callerOf, isIp } from '../../balancer-clients';
import { albIngresses } from '../../ingresses';
import { type Admission, admissionOf, type Caller, isOfOnePattern } from '../../network/from-outside';
import { policiesAreKnown } from '../../network/policies';
import type { ReviewInput, Rule } from '../../rule';
import { type ServiceObject, services } from '../../services';

/** A Service that is called from outside of the cluster, and pods that only take calls of pods. */
export const rule: Rule = {
  id: 'load-balancers/closed-backend',
  title: 'the network policies of the pods behind a load balancer or a node port admit who calls them',
  severity: 'error',
  why: 'Pods get calls through a node port from the address of the node, of a Network Load Balancer from its subnets, and with externalTrafficPolicy Local or preserved client addresses from the client. None of them is a pod: without an ipBlock that covers them the calls time out, and health checks fail.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors',
  bad: manifests('podSelector: {}'),
  good: manifests('ipBlock: { cidr: 10.0.0.0/16 }'),
  check: (input, report) => {
    const { inventory } = input;
    if (!policiesAreKnown(inventory)) {
      return;
    }
    for (const service of services(inventory).everywhere()) {
      const { type } = (service.manifest.spec ?? {}) as { readonly type?: string };
      const isBalanced = type === 'LoadBalancer';
      const isCalled =
        isBalanced || (type === 'NodePort' && !inventory.view(servicesOfIngresses).has(service.manifest));
      if (!isCalled || service.pods.length === 0 || isOpenedByPattern(input, service)) {
        continue;
      }
      const closed = service.ports.flatMap((port) => {
        const caller = callerOf(service, port.protocol);
        const admission = admissionOf(input, { service, port, caller });
        return admission === 'open' || isMeant(service, caller, admission) ? [] : [{ port, caller, admission }];
      });
      const [first] = closed;
      if (!first) {
        continue;
      }
      const { admission, caller } = first;
      const who = isBalanced && isIp(service) ? 'the load balancer' : 'the nodes';
      const numbers = closed.map(({ port }) => port.port).join(', ');
      report(service, {
        message: `no network policy of the pods behind ${title(service)} admits ${caller === 'vpc' ? who : 'its clients'} on port ${numbers}`,
        fix: `add an ipBlock with ${
          caller === 'vpc' ? 'the subnets of the nodes and of the load balancer' : 'the addresses of the clients'
        } to the ingress rules of a NetworkPolicy`,
        // a node port may be there for something else, and a VPC may have a public range
        ...(isBalanced && admission === 'closed' ? {} : { severity: 'warning' }),
      });
    }
  },
};

/** Whether the pattern of both knows no subnets, so that its policy admits no address at all: it says so by itself. */
function isOpenedByPattern(input: ReviewInput, service: ServiceObject): boolean {
  return (
    isOfOnePattern(service, service.pods) &&
    admissionOf(input, { service, port: undefined, caller: 'any' }) === 'closed'
  );
}

/** Ranges that a pattern was given, or took from the subnets of its cluster, rather than an edit of its Service. */
function isMeant(service: ServiceObject, caller: Caller, admission: Admission): boolean {
  const { loadBalancerSourceRanges } = (service.manifest.spec ?? {}) as { readonly loadBalancerSourceRanges?: unknown };
  return (
    admission === 'elsewhere' &&
    isOfOnePattern(service, service.pods) &&
    (caller !== 'internet' || loadBalancerSourceRanges !== undefined)
  );
}

/** Services whose node ports belong to an Application Load Balancer, of which another rule speaks. */
function servicesOfIngresses(inventory: Inventory): ReadonlySet<object> {
  const names = new Set(
    albIngresses(inventory).flatMap(({ object }) =>
      ingressBackends(object.manifest).map(({ name }) => `${object.namespace}/${name}`),
    ),
  );
  return new Set(
    services(inventory)
      .everywhere()
      .filter(({ namespace, manifest }) => names.has(`${namespace}/${manifest.metadata.name}`))
      .map(({ manifest }) => manifest),
  );
}

function manifests(peer: string): string {
  return `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: web, image: 'example.com/web:1', ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { type: LoadBalancer, loadBalancerClass: service.k8s.aws/nlb, selector: { app: web }, ports: [{ port: 8080 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec: { podSelector: { matchLabels: { app: web } }, policyTypes: [Ingress], ingress: [{ from: [{ ${peer} }] }] }
`;
}
