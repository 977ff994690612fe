import { LATTICE_RANGES } from '../../eks/meshes';
import { profileOf } from '../../eksctl/fargate-profiles';
import type { IPBlock } from '../../imports/kubernetes';
import { contains, parseRange, VPC_BLOCKS, within } from '../../kube/cidr';
import type { InventoryObject, PodObject } from '../../kube/inventory';
import { patternOf } from '../patterns';
import type { ReviewInput } from '../rule';
import type { ServiceObject } from '../services';
import { allowsPeer, allowsPort, holdsVpcAddresses, portNamed } from './allows';
import { policiesOf } from './policies';

/** Who calls pods from outside of the cluster: nodes and load balancers, clients on the internet, either, or VPC Lattice. */
export type Caller = 'vpc' | 'internet' | 'any' | 'lattice';
/** Whether policies let such calls in: 'elsewhere' are rules with other addresses alone. */
export type Admission = 'open' | 'closed' | 'elsewhere';

/** What is called: a port of a Service, or the Service as a whole. */
export interface CalledPort {
  readonly service: ServiceObject;
  readonly port: ServiceObject['ports'][number] | undefined;
  readonly caller: Caller;
}

/** Whether the policies of any pod behind a Service let such calls in. */
export function admissionOf(input: ReviewInput, { service, port, caller }: CalledPort): Admission {
  let found: Admission = 'closed';
  for (const pod of service.pods) {
    const admission = admissionOfPod(input, pod, port, caller);
    if (admission === 'open') {
      return 'open';
    }
    found = admission === 'elsewhere' ? admission : found;
  }
  return found;
}

/** Whether the policies of a pod let such calls in. */
export function admissionOfPod(
  { inventory, cluster }: ReviewInput,
  pod: PodObject,
  port: CalledPort['port'],
  caller: Caller,
): Admission {
  const rules = policiesOf(inventory, pod).ingress;
  // policies are not enforced on Fargate
  if (!rules || (cluster && profileOf(pod, cluster.config))) {
    return 'open';
  }
  const wanted = { port: targetOf(pod, port), protocol: port?.protocol ?? 'TCP' };
  let hasBlocks = false;
  for (const { ports, from } of rules) {
    if (!allowsPort(ports, wanted, pod)) {
      continue;
    }
    if (!from?.length) {
      return 'open';
    }
    for (const { ipBlock } of from) {
      if (ipBlock && holds(ipBlock, caller)) {
        return 'open';
      }
      hasBlocks ||= ipBlock !== undefined;
    }
  }
  return hasBlocks ? 'elsewhere' : 'closed';
}

/**
 * Whether the policies of any pod behind a Service let in pods of another namespace: of a known one, or of any where nobody
 * knows in which the caller runs.
 */
export function admitsNamespace(
  { inventory }: ReviewInput,
  { service, port }: Omit<CalledPort, 'caller'>,
  namespace: string | undefined,
): boolean {
  return service.pods.some((pod) => {
    const wanted = { port: targetOf(pod, port), protocol: port?.protocol ?? 'TCP' };
    const rules = policiesOf(inventory, pod).ingress?.filter(({ ports }) => allowsPort(ports, wanted, pod));
    return rules?.some(({ from = [] }) =>
      from.some((peer) =>
        namespace === undefined
          ? peer.namespaceSelector !== undefined
          : allowsPeer(inventory, [peer], pod.namespace, { namespace, pod: undefined }),
      ),
    );
  });
}

/** The port of a pod; undefined where it is not known. */
function targetOf(pod: PodObject, port: CalledPort['port']): number | undefined {
  const target = port?.targetPort ?? port?.port;
  return typeof target === 'string' && !/^\d+$/.test(target)
    ? portNamed(pod, target)
    : target === undefined
      ? undefined
      : Number(target);
}

function holds(block: IPBlock, caller: Caller): boolean {
  switch (caller) {
    case 'vpc':
      return holdsVpcAddresses(block.cidr, block.except ?? []);
    case 'lattice':
      return block.cidr === LATTICE_RANGES.IPv6 || block.cidr === '::/0' || holdsLattice(block);
    case 'internet':
      return !within(block.cidr, VPC_BLOCKS);
    default:
      return true;
  }
}

function holdsLattice({ cidr, except = [] }: IPBlock): boolean {
  const holds = (range: string) => {
    const outer = parseRange(range);
    return outer !== undefined && contains(outer, LATTICE);
  };
  return holds(cidr) && !except.some(holds);
}

const LATTICE = parseRange(LATTICE_RANGES.IPv4)!;

/** What opens pods to VPC Lattice. */
export const LATTICE_FIX = `add an ipBlock with ${LATTICE_RANGES.IPv4} (${LATTICE_RANGES.IPv6} for IPv6) to the ingress rules of a NetworkPolicy, or write mesh: Mesh.lattice() for the Tenant`;

/** What opens pods to a load balancer: the policies of patterns follow from the Cluster. */
export function balancerFix(pods: readonly PodObject[]): string {
  return pods.some((pod) => patternOf(pod) !== undefined)
    ? "say on the Cluster where load balancers are, from which the policies of patterns follow: loadBalancerSubnets: { private: ['10.0.0.0/20', ...] }"
    : 'add an ipBlock with the subnets of the load balancer to the ingress rules of a NetworkPolicy';
}

/** Whether a pattern made an object and pods behind it: it says by itself when it does not know the subnets. */
export function isOfOnePattern(object: InventoryObject, pods: readonly PodObject[]): boolean {
  const pattern = patternOf(object);
  return pattern !== undefined && pods.some((pod) => patternOf(pod) === pattern);
}
